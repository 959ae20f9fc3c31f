import type { Story } from "./story.ts";

/** Talk in German, asked about in German, and sometimes in English. */
export const german: readonly Story[] = [
  {
    slots: {
      tier: ["einen Dackel", "eine Katze", "zwei Schildkröten"],
      name: ["Krümel", "Fräulein Müller", "Wanja"],
    },
    lines: [
      "< Was gibt es Neues bei euch?",
      "> *Wir haben {tier} aus dem Tierheim geholt und {name} genannt.",
      "< Wie süß!",
    ],
    questions: [
      ["language", "Welches Haustier hat {P} bekommen?"],
      ["language", "Wie heißt das Tier von {P}?"],
      ["language", "What did {P} get from the animal shelter (Tierheim)?"],
    ],
  },
  {
    slots: {
      ort: ["Passau", "Rostock", "Görlitz"],
      grund: ["wegen der neuen Stelle", "wegen der Enkel", "der Ruhe wegen"],
    },
    lines: [
      "> *Im Herbst ziehen wir nach {ort}, {grund}.",
      "< Ich werde euch vermissen.",
      "> Kommt uns besuchen!",
    ],
    questions: [
      ["language", "Wohin zieht {P} um?"],
      ["language", "Warum zieht {P} nach {ort}?"],
    ],
  },
  {
    slots: { instr: ["Waldhorn", "Bratsche", "Akkordeon"], lehrer: ["Frau Zöllner", "Herrn Ostrowski"] },
    lines: [
      "> *Ich nehme jetzt Unterricht: {instr}, bei {lehrer}.",
      "< In deinem Alter! Großartig.",
      "> Die Nachbarn sehen das anders.",
    ],
    questions: [
      ["language", "Welches Instrument lernt {P}?"],
      ["language", "Bei wem nimmt {P} Musikunterricht?"],
    ],
  },
  {
    slots: {
      essen: ["Pilzrisotto", "Sauerbraten", "Linsencurry"],
      gast: ["den Chef", "die Schwiegereltern", "den Kegelverein"],
    },
    lines: [
      "> *Gestern habe ich {essen} für {gast} gekocht.",
      "< Und, hat es geschmeckt?",
      "> Es blieb nichts übrig.",
    ],
    questions: [
      ["language", "Was hat {P} für die Gäste gekocht?"],
      ["language", "Für wen hat {P} {essen} zubereitet?"],
      ["time", "Wann hat {P} {essen} gekocht?"],
    ],
  },
  {
    slots: {
      bruch: ["den Arm", "das Schlüsselbein", "zwei Rippen"],
      wie: ["beim Schlittschuhlaufen", "auf der Kellertreppe", "beim Apfelpflücken"],
    },
    lines: [
      "> *Stell dir vor, ich habe mir {wie} {bruch} gebrochen.",
      "< Gute Besserung!",
      "> Danke, es wird schon.",
    ],
    questions: [
      ["language", "Was hat sich {P} gebrochen?"],
      ["language", "Bei welcher Gelegenheit hat sich {P} verletzt?"],
    ],
  },
  {
    slots: { auto: ["den Kombi", "das Motorrad"], neu: ["ein Lastenrad", "eine Jahreskarte für die Bahn"] },
    lines: [
      "> *Mit {auto} brauche ich zwanzig Minuten zur Arbeit.",
      "< Beneidenswert.",
      "---",
      "> *{auto} habe ich verkauft, ich habe jetzt {neu}.",
      "< Sehr vernünftig.",
    ],
    questions: [["contradiction", "Womit fährt {P} jetzt zur Arbeit?", [1]]],
  },
];

/** Talk in Spanish. */
export const spanish: readonly Story[] = [
  {
    slots: {
      nombre: ["Lucero", "Canela", "Tomate"],
      animal: ["una perrita", "un gato negro", "un caballo viejo"],
    },
    lines: ["< ¿Qué novedades hay?", "> *Adoptamos {animal}, se llama {nombre}.", "< ¡Qué ternura!"],
    questions: [
      ["language", "¿Cómo se llama la mascota de {P}?"],
      ["language", "¿Qué animal adoptó {P}?"],
    ],
  },
  {
    slots: { pais: ["Islandia", "Marruecos", "Japón"], mes: ["abril", "octubre"] },
    lines: [
      "> *En {mes} viajamos a {pais}, ya compramos los billetes.",
      "< ¡Qué envidia!",
      "> Te traeré algo.",
    ],
    questions: [
      ["language", "¿A qué país va a viajar {P}?"],
      ["language", "¿Cuándo es el viaje de {P} a {pais}?"],
    ],
  },
  {
    slots: { oficio: ["carpintera", "enfermera", "apicultora"], antes: ["un banco", "una notaría"] },
    lines: ["> *Dejé mi puesto en {antes}, ahora trabajo de {oficio}.", "< ¡Por fin!", "> Duermo mejor."],
    questions: [
      ["language", "¿En qué trabaja {P} ahora?"],
      ["language", "¿Dónde trabajaba {P} antes?"],
    ],
  },
  {
    slots: {
      plato: ["gazpacho", "arroz negro", "mole poblano"],
      abuela: ["mi abuela Rosario", "mi tía Pilar"],
    },
    lines: ["> *{abuela} me enseñó a preparar {plato}.", "< ¿Me invitas?", "> El domingo."],
    questions: [
      ["language", "¿Quién le enseñó a cocinar a {P}?"],
      ["language", "¿Qué receta aprendió {P}?"],
    ],
  },
];

/** Talk in Chinese and Japanese, where words are not separated. */
export const unspaced: readonly Story[] = [
  {
    slots: { animal: ["一只橘猫", "一条金毛犬", "两只鹦鹉"], name: ["豆豆", "团子", "阿福"] },
    lines: ["< 最近怎么样？", "> *我们收养了{animal}，名字叫{name}。", "< 太可爱了！"],
    questions: [
      ["language", "{P}收养了什么动物？"],
      ["language", "{P}的宠物叫什么名字？"],
    ],
  },
  {
    slots: { city: ["成都", "厦门", "哈尔滨"], job: ["建筑师", "护士", "厨师"] },
    lines: ["> *我下个月搬到{city}，去那里当{job}。", "< 祝你好运！", "> 谢谢。"],
    questions: [
      ["language", "{P}要搬到哪个城市？"],
      ["language", "{P}在{city}做什么工作？"],
    ],
  },
  {
    slots: { place: ["北海道", "京都", "沖縄"], food: ["味噌ラーメン", "抹茶アイス", "海ぶどう"] },
    lines: ["> *先週{place}へ旅行して、{food}を食べました。", "< いいですね！", "> とても美味しかったです。"],
    questions: [
      ["language", "{P}は{place}で何を食べましたか？"],
      ["language", "{P}はどこへ旅行しましたか？"],
    ],
  },
  {
    slots: { inst: ["古筝", "小提琴", "萨克斯"], teacher: ["王老师", "陈老师"] },
    lines: ["> *我开始跟{teacher}学{inst}了。", "< 真棒，学了多久？", "> 才两个星期。"],
    questions: [
      ["language", "{P}在学什么乐器？"],
      ["language", "谁教{P}{inst}？"],
    ],
  },
];
