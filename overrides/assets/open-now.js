// "Open now" or "Closed now, opens tomorrow at 9am", for elements that hold a service's hours as data.
//
// The hours in words always stand beside it, so this says nothing rather than something that may be
// wrong: where hours are not known for a bank holiday, or the page is older than the days that it
// knows. What it says always comes with the time at which it was worked out.
//
//   data-week           seven days, Monday first, each [[from, until], …] in minutes after midnight;
//                       an `until` past 1440 is on the next day
//   data-bank-holidays  the same for a bank holiday, or null where nobody says
//   data-exceptions     days with times of their own: {"2026-12-24": [[540, 720]], "2026-12-27": null}
//   data-days           England's bank holidays; it may stand on an element around several services

const DAY = 1440;
const MILLISECONDS = 86_400_000;
const NAMES = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const LONDON = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

// What clocks in England show: the day, as the milliseconds of its midnight in UTC, and the minute.
export function clock(moment = new Date()) {
  const parts = LONDON.formatToParts(moment).map(({ type, value }) => [type, Number(value)]);
  const { year, month, day, hour, minute } = Object.fromEntries(parts);
  return { day: Date.UTC(year, month - 1, day), minute: hour * 60 + minute };
}

// True or false, or null where it is not known.
export function isOpen(hours, now) {
  const today = timesOn(hours, now.day);
  const yesterday = timesOn(hours, now.day - MILLISECONDS);
  const holds = (times, minute) => times.some(([from, until]) => from <= minute && minute < until);
  if (today && holds(today, now.minute)) return true;
  if (yesterday && holds(yesterday, now.minute + DAY)) return true;
  return today && yesterday ? false : null;
}

export function inWords(hours, now) {
  const open = isOpen(hours, now);
  if (open === null) return "";
  const next = open ? "" : opensNext(hours, now);
  return `${open ? "Open now" : "Closed now"}${next && `, ${next}`}, worked out at ${time(now.minute)}`;
}

// Fill every element under `root`. Only words that changed are written.
export function tell(root = document) {
  const now = clock();
  for (const element of root.querySelectorAll("[data-week]")) {
    const words = inWords(hoursOf(element), now);
    if (element.textContent !== words) element.textContent = words;
    element.hidden = !words;
  }
}

function hoursOf(element) {
  const { week, bankHolidays, exceptions } = element.dataset;
  return {
    week: JSON.parse(week),
    bankHolidays: JSON.parse(bankHolidays ?? "null"),
    exceptions: JSON.parse(exceptions ?? "{}"),
    days: element.closest("[data-days]")?.dataset.days ?? "",
  };
}

// A day's times, or null where nobody knows them.
function timesOn({ week, bankHolidays, exceptions = {}, days }, day) {
  const moment = new Date(day);
  const date = moment.toISOString().slice(0, 10);
  if (!days.includes(date.slice(0, 5))) return null; // no bank holiday of that year is known
  if (date in exceptions) return exceptions[date];
  if (!days.includes(date)) return week[(moment.getUTCDay() + 6) % 7];
  // "Day and night" means bank holidays too. Other hours that don't speak of them may mean either.
  const always = week.every((times) => times.some(([from, until]) => from === 0 && until === DAY));
  return bankHolidays ?? (always ? week[0] : null);
}

function opensNext(hours, now) {
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const day = now.day + ahead * MILLISECONDS;
    const times = timesOn(hours, day);
    if (!times) return "";
    const starts = times.map(([from]) => from).filter((from) => ahead || from > now.minute);
    if (starts.length) {
      const name = NAMES[new Date(day).getUTCDay()];
      const when = ["", "tomorrow ", ...Array(5).fill(`on ${name} `), `next ${name} `][ahead];
      return `opens ${when}at ${time(Math.min(...starts))}`;
    }
  }
  return "";
}

// 540 as "9am", 125 as "2:05am": as the NHS writes times.
function time(minute) {
  if (minute === 0) return "midnight";
  if (minute === DAY / 2) return "midday";
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  const minutes = rest ? `:${String(rest).padStart(2, "0")}` : "";
  return `${hour % 12 || 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}

// Now, as each minute begins, and when somebody comes back to the page.
tell();
document.addEventListener("visibilitychange", () => tell());
(function eachMinute() {
  setTimeout(() => (tell(), eachMinute()), 60_000 - (Date.now() % 60_000));
})();
