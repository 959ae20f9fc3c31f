import { fold } from "#contract";

const LOCALES = [
  "en",
  "de",
  "fr",
  "es",
  "pt",
  "it",
  "nl",
  "sv",
  "da",
  "nb",
  "fi",
  "pl",
  "cs",
  "ro",
  "hu",
  "tr",
  "id",
  "ru",
  "uk",
  "el",
  "vi",
];

/** Names of months and weekdays in many languages, folded, by their number (0…11, Sunday 0), as the platform's locale data give them. */
function names(
  option: "month" | "weekday",
  count: number,
  day: (at: number) => Date,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const locale of LOCALES) {
    // A month inside a date may stand in another case than alone.
    const styles: readonly Intl.DateTimeFormatOptions[] = [
      { [option]: "long" },
      { [option]: "long", day: "numeric" },
      { [option]: "short" },
    ];
    for (const style of styles) {
      const format = new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" });
      for (let at = 0; at < count; at++) {
        const text = format.formatToParts(day(at)).find(({ type }) => type === option)?.value ?? "";
        const name = fold(text).replace(/\.$/, "");
        if (name.length >= 3 && !found.has(name)) found.set(name, at);
      }
    }
  }
  return found;
}

// Short forms that are everyday words elsewhere.
const AMBIGUOUS = new Set([
  "sun",
  "mar",
  "sab",
  "dom",
  "lun",
  "mer",
  "gio",
  "mie",
  "sat",
  "wed",
  "mon",
  "set",
  "mag",
  "lug",
  "ago",
  "dez",
  "out",
  "sex",
  "son",
  "don",
  "min",
  "ara",
  "eki",
  "pon",
  "thu",
]);
const sure = (found: ReadonlyMap<string, number>) =>
  new Map([...found].filter(([name]) => !AMBIGUOUS.has(name)));

export const MONTHS = sure(names("month", 12, (at) => new Date(Date.UTC(2023, at, 15))));
export const WEEKDAYS = sure(names("weekday", 7, (at) => new Date(Date.UTC(2023, 0, 1 + at))));

const units = (unit: Unit, list: string): [string, Unit][] =>
  list.split(" ").map((word) => [fold(word), unit]);
export type Unit = "day" | "week" | "month" | "year";
export const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...units(
    "day",
    "day days tag tage tagen jour jours dia dias día días giorno giorni dag dagen dagar hari dzień dni день дня дней gün",
  ),
  ...units(
    "week",
    "week weeks woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor minggu tydzień tygodnie неделя недели недель неделю hafta",
  ),
  ...units(
    "month",
    "month months monat monate monaten mois mes meses mês mese mesi maand maanden månad månader bulan miesiąc miesiące месяц месяца месяцев ay",
  ),
  ...units(
    "year",
    "year years jahr jahre jahren an ans année années año años ano anos anno anni jaar år tahun rok lata год года лет yıl",
  ),
]);

const set = (list: string): ReadonlySet<string> => new Set(list.split(" ").map(fold));
export const LAST = set(
  "last past previous letzte letzten letzter letztes vergangene vergangenen dernier dernière pasado pasada última último passado passada scorso scorsa vorige afgelopen förra lalu kemarin zeszły прошлый прошлой прошлом прошлую geçen",
);
export const NEXT = set(
  "next coming nächste nächsten nächster nächstes kommende prochain prochaine próximo próxima prossimo prossima volgende nästa depan przyszły следующий следующей gelecek",
);
export const THIS = set(
  "this current diese diesen dieser dieses cette ce este esta questo questa deze dit denna ini bieżący этот этой этом bu",
);
export const AGO = set("ago earlier vor hace il fa atrás há geleden sedan lalu temu назад önce");
export const AFTER = set(
  "after later nach später après después tras depois dopo na efter setelah kemudian po после через sonra",
);
export const BEFORE = set("before prior davor vor avant antes prima voor före sebelum przed до перед önce");
export const YESTERDAY = set(
  "yesterday gestern hier ayer ontem ieri gisteren igår kemarin wczoraj вчера dün 昨天 昨日",
);
export const TODAY = set(
  "today tonight heute aujourd hoy hoje oggi vandaag idag dzisiaj сегодня bugün 今天 今日",
);
export const TOMORROW = set(
  "tomorrow morgen demain mañana amanhã domani imorgon besok jutro завтра yarın 明天 明日",
);

const COUNTS = [
  "a an ein eine einem einer un une una um uma een en sebuah один одну bir",
  "two zwei deux dos dois duas due twee två dua dwa два две iki",
  "three drei trois tres tre drie tiga trzy три üç",
  "four vier quatre cuatro quatro quattro fyra empat cztery четыре dört",
  "five fünf cinq cinco cinque vijf fem lima pięć пять beş",
  "six sechs seis sei zes sex enam sześć шесть altı",
  "seven sieben sept siete sete sette zeven sju tujuh",
  "eight acht huit ocho oito otto åtta delapan",
  "nine neun neuf nueve nove negen nio sembilan",
  "ten zehn dix diez dez dieci tien tio sepuluh",
];
export const NUMBERS: ReadonlyMap<string, number> = new Map(
  COUNTS.flatMap((list, at) => list.split(" ").map((word): [string, number] => [fold(word), at + 1])),
);

/** Days of a month in words. */
const DAYS = [
  "first erste ersten erster premier primero primo",
  "second zweite zweiten",
  "third dritte dritten",
  "fourth vierte vierten",
  "fifth funfte funften",
  "sixth sechste sechsten",
  "seventh siebte siebten",
  "eighth achte achten",
  "ninth neunte neunten",
  "tenth zehnte zehnten",
  "eleventh elfte elften",
  "twelfth zwolfte zwolften",
  "thirteenth dreizehnte dreizehnten",
  "fourteenth vierzehnte vierzehnten",
  "fifteenth funfzehnte funfzehnten",
  "sixteenth sechzehnte sechzehnten",
  "seventeenth siebzehnte siebzehnten",
  "eighteenth achtzehnte achtzehnten",
  "nineteenth neunzehnte neunzehnten",
  "twentieth zwanzigste zwanzigsten",
];
export const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...DAYS.flatMap((list, at) => list.split(" ").map((word): [string, number] => [fold(word), at + 1])),
  ["thirtieth", 30],
]);
