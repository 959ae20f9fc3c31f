import { fold } from "#contract";

/**
 * Words that say how a sentence is built and not what it is about, and greetings, by language. They have no weight in a search. Languages that are not here are served by how often a word stands in the memories themselves.
 */
const BY_LANGUAGE: Readonly<Record<string, string>> = {
  en: `a an the this that these those some any all both each every either neither no not nor and or but if then else so than too
    very just only also even still yet again there here i me my mine myself you your yours yourself he him his himself she her hers
    herself it its itself we us our ours ourselves they them their theirs themselves who whom whose which what when where why how am is
    are was were be been being do does did doing done don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn
    cannot can could will would shall should may might must have has had having of at by for with about against between into through
    during before after above below to from up down in out on off over under once as until while because since though although
    let us lets got get gets getting ever ok okay oh ah hey hi hello bye thanks thank please yes yeah yep nope well really sure
    hm hmm wow lol haha something anything everything nothing someone anyone everyone one ones other others such own same more most much many
    few less least far lot lots bit kind sort thing things tell say said told know please im ive dont ll re ve`,
  de: `der die das den dem des ein eine einen einem einer eines kein keine keinen und oder aber wenn dann als wie so sehr nur auch noch
    schon mal hier da dort ich mich mir mein meine meinen meinem meiner du dich dir dein deine deinen er ihn ihm sein seine seinen sie
    ihr ihre ihren ihnen es wir uns unser unsere euch euer man wer wen wem wessen was wann wo wohin woher warum wieso welche welcher
    welches welchen bin bist ist sind seid war waren wird werden wurde wurden habe hast hat haben hatte hatten kann kannst konnen konnte muss
    musst mussen will willst wollen soll sollen darf nicht nichts ja nein doch zu zum zur von vom im in an am auf aus bei mit nach vor uber unter
    durch fur gegen ohne um bis seit wahrend weil dass ob damit denn hallo danke bitte guten morgen tag abend gut etwas alles alle mehr`,
  fr: `le la les l un une des du de d et ou mais si alors que qui quoi dont quand comment pourquoi quel quelle quels quelles je j me
    moi mon ma mes tu te toi ton ta tes il elle lui on nous notre nos vous votre vos ils elles leur leurs se son sa ses ce cet cette ces
    cela ca c est suis es sommes etes sont etait etaient sera ete etre ai as a avons avez ont avait avoir fait faire ne n pas plus tres aussi
    encore deja ici la y en dans sur sous par pour avec sans chez vers entre apres avant depuis pendant jusque au aux oui non bonjour salut merci
    s il plait tout toute tous toutes quelque chose rien bien`,
  es: `el la los las lo un una unos unas y e o u pero si no que quien quienes cual cuales cuando donde como cuanto por para porque yo me mi
    mis conmigo tu te ti tus usted el ella ello nosotros nuestra nuestro vosotros ellos ellas le les se su sus este esta esto estos estas ese esa
    eso aquel aquella es soy eres somos son era eran fue fueron ser estar estoy esta estan estaba he has ha hemos han habia hay muy mas tambien ya
    aun aqui alli de del a al en con sin sobre entre hasta desde durante hola gracias favor buenos buenas dias tardes noches bien todo toda todos
    todas algo nada`,
  pt: `o a os as um uma uns umas e ou mas se nao que quem qual quais quando onde como quanto por para porque eu me mim meu minha meus minhas
    tu te ti teu tua voce voces ele ela nos nosso nossa eles elas lhe lhes seu sua seus suas este esta isto esse essa isso aquele aquela e sou es somos
    sao era eram foi foram ser estar estou esta estao estava tenho tem temos tinha ha muito mais tambem ja ainda aqui ali de do da dos das em no na
    nos nas com sem sobre entre ate desde ao aos oi ola obrigado obrigada bom dia tarde noite tudo todo toda algo nada`,
  it: `il lo la i gli le un uno una e o ma se non che chi cui quale quali quando dove come quanto perche io me mi mio mia miei mie tu te ti tuo
    tua lui lei noi ci nostro nostra voi vi vostro loro gli si suo sua suoi sue questo questa questi queste quello quella sono sei e siamo siete era
    erano fu essere stato ho hai ha abbiamo avete hanno aveva molto piu anche gia ancora qui li di del della dei delle a al alla ai in nel nella con
    senza su sul sulla per tra fra da dal dalla fino ciao grazie prego favore buongiorno buonasera bene tutto tutta tutti qualcosa niente`,
  nl: `de het een en of maar als dan dat die dit deze wie wat wanneer waar hoe waarom welke ik mij me mijn jij je jou jouw u uw hij hem zijn zij
    haar wij we ons onze jullie hun ben bent is was waren word wordt werd worden heb hebt heeft hebben had kan kunnen moet wil zal niet geen ja nee
    ook nog al hier daar van te in op aan uit bij met naar voor over onder door zonder om tot sinds omdat hallo dank bedankt alstublieft goed iets
    alles niets`,
  sv: `den det en ett och eller men om som att vad vem nar var hur varfor vilken jag mig min mitt mina du dig din ditt han honom hans hon henne
    hennes vi oss var de dem deras ar var blir har hade kan ska vill inte ja nej ocksa har dar i pa av for med till fran under hej tack`,
  id: `yang dan atau tetapi tapi jika kalau maka ini itu di ke dari pada untuk dengan tanpa dalam oleh sebagai adalah ialah akan sudah telah belum
    sedang masih tidak bukan jangan ya saya aku kamu anda dia ia kami kita mereka nya ku mu apa siapa kapan mana dimana bagaimana mengapa kenapa
    berapa sangat juga lagi saja hanya lebih paling semua setiap ada bisa dapat harus mau ingin halo hai terima kasih tolong selamat pagi siang malam`,
  tr: `ve veya ama eger bu su o bir ben beni benim sen seni senin biz siz onlar ne kim nerede nasil neden niye hangi mi mu degil var yok ile icin
    gibi kadar daha en cok da de ki merhaba tesekkur lutfen evet hayir`,
  pl: `i oraz lub ale jesli to ten ta te ja mnie mi moj moja ty ciebie twoj on ona ono my wy oni jest sa byl byla bylo byli bede nie tak co kto
    kiedy gdzie jak dlaczego ktory w na z do od po za o u przez dla przy sie juz jeszcze tez bardzo czesc dziekuje prosze`,
  ru: `и или но если то это этот эта эти тот я меня мне мои моя мое ты тебя тебе твои он его ему она ее ей оно мы нас нам вы вас вам они их им кто что
    когда где куда откуда как почему какои какая какие есть быть был была было были будет не нет да в во на с со к ко от до из у о об по за для при
    над под через без же ли бы уже еще тоже также очень привет спасибо пожалуиста все всё`,
  el: `ο η το οι τα του τησ των τον την και η αλλα αν να θα δεν μη με σε απο για που πωσ ποτε ποιοσ ποια τι γιατι εγω εσυ αυτοσ αυτη αυτο εμεισ
    εσεισ ειμαι ειναι ηταν εχω εχει μου σου γεια ευχαριστω παρακαλω ναι οχι`,
  ar: `من في على إلى الى عن مع هذا هذه ذلك التي الذي انا أنا انت أنت هو هي نحن هم ما ماذا متى أين اين كيف لماذا هل لا نعم كان كانت يكون قد و أو او ثم
    أن ان إن لم لن كل بعض مرحبا شكرا`,
  he: `של את אני אתה הוא היא אנחנו הם זה זאת מה מי מתי איפה איך למה לא כן על אל עם גם או אבל כי אם היה הייתה יש אין שלום תודה`,
  hi: `का की के को में से पर और या लेकिन यह वह मैं मेरा मेरी मुझे तुम आप हम वे है हैं था थी थे हो क्या कौन कब कहाँ कैसे क्यों नहीं हाँ भी तो ने नमस्ते धन्यवाद`,
  ko: `나 나는 내 내가 너 너는 그 그녀 우리 이 그 저 것 무엇 뭐 누구 언제 어디 어디서 어떻게 왜 네 아니 그리고 하지만 안녕 안녕하세요 감사합니다`,
  vi: `va hoac nhung neu thi la cua co khong toi ban anh chi em no chung ta cai nay do gi ai khi nao dau sao trong tren voi cho cung da se dang rat`,
};

/** Pairs and single characters of Chinese and Japanese, triples of Thai, that only build sentences. */
const GRAMS = `我 你 您 他 她 它 们 的 了 着 过 是 在 有 和 与 也 都 就 不 没 吗 呢 吧 啊 这 那 个 什 么 谁 哪 里 怎 为 会 能 要 到 去 来 说 一 很 把 被 给 对 从
  我们 你们 他们 什么 怎么 为什 为何 哪里 哪个 时候 什麼 這個 这个 那个 一个 没有 可以 知道 你好 谢谢
  です ます した して いる ある こと もの これ それ あれ ここ そこ どこ 何時 です か。 ませ まし たい から まで ので けど では には とは ってい ない いま
  ですか ました ません いつ なに だれ どう
  ครับ ค่ะ อะไร ไหน เมื ื่อ ที่ และ หรือ เป็ ป็น ไม่ ได้ มี่ ของ`;

/** Words everybody says about everything: common enough that one of them alone is no sign of a subject. */
const COMMON = `become becomes became like likes liked love loved loves want wants wanted need needs think thinks thought feel feels feeling felt make makes made making go goes going
  went gone come comes came coming take takes took taken see sees saw seen look looks looked looking give gave use used using find found keep kept
  good great nice best better bad new old big little small long short first last next day days time times today tomorrow yesterday week weeks month months
  year years now later soon always never sometimes often usually way life people person man woman guy world home work help try tried start
  started happy fun amazing awesome cool interesting favorite favourite recently lately currently ago around back away together another
  different important write explain show give create list name called talk talking mean means maybe probably actually definitely already almost
  morning evening night help bit enough quite pretty many much long share sounds sound heard hear happen happened happening ask asked question answer idea plan plans
  mogen mag machen macht gemacht gehen geht ging kommen kommt neu alt gut besser gross klein tag tage zeit heute gestern jahr woche monat leben arbeit
  hacer hace hecho ir voy va fui ver quiero quiere gusta bueno nuevo grande tiempo hoy ayer ano semana mes vida trabajo nombre
  aller vais va faire vouloir veux aime aimer bon nouveau grand temps jour aujourd hier an annee semaine mois vie travail nom
  fare faccio andare vado voglio piace buono nuovo grande tempo giorno oggi ieri anno settimana mese vita lavoro nome
  suka mau pergi buat baru lama besar kecil hari waktu tahun bulan minggu hidup kerja nama orang`;

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean).map(fold);
const grams = new Set(words(GRAMS));
const languages = Object.values(BY_LANGUAGE).map((list) => new Set(words(list)));
const common = new Set(words(COMMON));

/**
 * Tells the function words of the languages that explain some terms best: `son` is no function word of an English question, though it
 * is one in Spanish.
 */
export function functionWordsFor(terms: readonly string[]): (term: string) => boolean {
  const counts = languages.map((language) => terms.filter((term) => language.has(term)).length);
  const most = Math.max(...counts);
  const best = most === 0 ? [] : languages.filter((_, at) => counts[at] === most);
  return (term) => grams.has(term) || best.some((language) => language.has(term));
}

/** Whether some terms are English rather than any other language known here. */
export function isEnglish(terms: readonly string[]): boolean {
  const [english = 0, ...others] = languages.map(
    (language) => terms.filter((term) => language.has(term)).length,
  );
  return english > 0 && others.every((count) => count < english);
}

/** The function words among the terms of a text. */
export function functionWordsIn(terms: readonly string[]): ReadonlySet<string> {
  return new Set(terms.filter(functionWordsFor(terms)));
}

export const isCommon = (term: string): boolean => common.has(term);

/** How often a word is expected in any text, before the memories say how often it is here: the share of texts that hold it. */
export const expectedShare = (term: string): number => (common.has(term) ? 0.04 : 0.001);
