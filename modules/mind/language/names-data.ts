/**
 * Names of countries and languages in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish and Russian, folded: those of
 * one word in Unicode's common locale data (CLDR), and the telling word of some that have several.
 */
export const COUNTRIES = `
  afeganistao afganistan afghanistan agypten aland alandinseln albania albanie albanien alemanha alemania algeria algerie algerien algerije algieria
  allemagne andora andorra andorre angola anguila anguilla aquatorialguinea argelia argentina argentine argentinie argentinien argentyna armenia
  armenie armenien aruba aserbaidschan athiopien australia australie australien austria autriche azerbaidjan azerbaigian azerbaijan azerbaijao
  azerbaiyan azerbeidzjan azerbejdzan bahamas bahamy bahrain bahrajn bahrein banglades bangladesch bangladesh bangladesz barbade barbados barein
  belarus belgia belgica belgie belgien belgio belgique belgium belice belize benin bermuda bermudas bermudes bermudy bhoutan bhutan bialorus
  bielorrusia bielorrussia bielorussia bielorussie bolivia bolivie bolivien boliwia botsuana botswana brasil brasile brasilien brazil brazilie
  brazylia bresil brunei bulgaria bulgarie bulgarien bulgarije burundi butan butao camaroes cambodge cambodia cambodja cambogia camboja camboya
  cameroon cameroun camerun canada catar cazaquistao cechia chad chade chequia chile chili china chine chiny chipre chorwacja christmaseiland chypre
  ciad cile cina cipro cocoseilanden colombia colombie comoras comore comoren comores comoros congo cookeilanden cookinseln croacia croatia croatie
  croazia cuba curacao curazao cypr cyprus czad czarnogora czechia czechy danemark dania danimarca denemarken denmark deutschland dinamarca djibouti
  djibuti dominica dominika dominikana dominique dschibuti duitsland dzibuti ecuador egipt egipto egito egitto egypt egypte ekwador equador equateur
  eritrea eritreia erythree erytrea eslovaquia eslovenia espagne espana espanha essuatini estland estonia estonie esuatini eswatini ethiopia ethiopie
  etiopia faeroer falklandeilanden falklandinseln falklandy faroer fidji fidschi fidzi figi fiji filipijnen filipinas filipiny filippine finland
  finlande finlandia finnland fiyi franca france francia francja frankreich frankrijk gabao gabon gabun gambia gambie gana georgia georgie georgien
  germania germany ghana giamaica giappone gibilterra gibraltar gibuti giordania granada grece grecia grecja greece greenland grenada grenade
  grenlandia griechenland griekenland groenland groenlandia gronland gruzja guadalupa guadalupe guadeloupe guam guatemala guernesey guernsey guiana
  guine guinea guinee gujana guyana gwadelupa gwatemala gwinea haiti hiszpania holandia honduras hongarije hongrie hungary hungria iceland iemen
  ierland ijsland inde india indie indien indonesia indonesie indonesien indonezja irak iran iraq iraque ireland irland irlanda irlande irlandia
  island islanda islande islandia israel israele italia italie italien italy ivoorkust izrael jamaica jamaika jamaique jamajka japan japao japon
  japonia jemen jersey jordan jordania jordanie jordanien kaaimaneilanden kaapverdie kaimaninseln kajmany kambodscha kambodza kameroen kamerun kanada
  kasachstan katar kazachstan kazajistan kazakhstan kazakistan kenia kenya kirghizistan kirghizstan kirgisistan kirgistan kirgizie kirguistan kiribati
  koeweit kokosinseln kolumbia kolumbien komoren komory kongo kosovo kosowo kostaryka koweit kroatie kroatien kuba kuwait kuwejt kyrgyzstan laos
  latvia lebanon lesotho lesoto letland letonia lettland lettonia lettonie liban libano libanon liberia libia libie libya libye libyen liechtenstein
  litauen lithuania litouwen lituania lituanie litwa lotwa luksemburg lussemburgo luxembourg luxemburg luxemburgo madagascar madagaskar majotta
  malaisie malasia malaui malawi malaysia maldivas maldive maldiven maldives malediven malediwy maleisie malezja mali malta malte maroc marocco
  marokko maroko marrocos marruecos marshalleilanden marshallinseln martinica martinique martynika mauretania mauretanien maurice mauricio mauritania
  mauritanie mauritius mayotte meksyk messico mexico mexiko mexique micronesia micronesie mikronesien mikronezja mocambique moldavia moldavie moldawia
  moldova monaco monako mongolei mongolia mongolie montenegro montserrat morocco mosambik mozambico mozambik mozambique myanmar namibia namibie nauru
  nederland nepal netherlands neukaledonien neuseeland nicaragua niederlande niemcy niger nigeria nikaragua niue noorwegen nordkorea nordmazedonien
  norfolk norfolkinsel noruega norvege norvegia norway norwegen norwegia oeganda oekraine oezbekistan oman oostenrijk osterreich ouganda ouzbekistan
  pakistan palaos palau panama paquistao paraguai paraguay paragwaj perou peru philippinen philippines pitcairn pitcairneilanden pitcairninseln poland
  polen pologne polonia polska portogallo portorico portoryko portugal portugalia qatar quenia quirguistao quiribati reuniao reunion riunione roemenie
  romania romenia rosja roumanie ruanda rumania rumanien rumunia rusia rusland russia russie russland rwanda salomonen salomonseilanden salvador
  salwador sambia samoa sark schweden schweiz seicheles senegal serbia serbie serbien sercq servia servie seszele seychellen seychelles simbabwe
  singapore singapour singapur singapura siria slovacchia slovakia slovaquie slovenia slovenie slowacja slowakei slowakije slowenia slowenien soedan
  somalia somalie soudan spagna spain spanien spanje sudafrica sudafrika sudan sudao sudkorea sudsudan suecia suede suica suisse suiza surinam
  suriname svezia svizzera sweden switzerland syria syrie syrien szwajcaria szwecja tadjikistan tadjiquistao tadschikistan tadzjikistan tadzykistan
  tagikistan tailandia taiwan tajikistan tajlandia tajwan tansania tanzania tanzanie tayikistan tchad tchequia tchequie thailand thailande thailandia
  togo tokelau tonga tschad tschechien tsjaad tsjechie tunesie tunesien tunez tunezja tunisia tunisie turchia turcja turcomenistao turkei turkije
  turkiye turkmenistan turquia turquie tuvalu ucraina ucrania uganda ukraina ukraine ungarn ungheria uruguai uruguay urugwaj usbekistan uzbekistan
  uzbequistao vanuatu vaticaanstad vatikanstadt venezuela vietna vietnam watykan wegry weihnachtsinsel wenezuela westsahara wietnam wlochy yemen
  yibuti zambia zambie zimbabue zimbabwe zweden zwitserland zypern австралия австрия азербаиджан албания алжир ангилья ангола андорра аргентина
  армения аруба афганистан багамы бангладеш барбадос бахреин беларусь белиз бельгия бенин болгария боливия ботсвана бразилия брунеи бурунди бутан
  вануату ватикан великобритания венгрия венесуэла вьетнам габон гаиана гаити гамбия гана гваделупа гватемала гвинея германия гернси гибралтар
  гондурас гренада гренландия греция грузия гуам дания джерси джибути доминика египет замбия зимбабве иемен израиль индия индонезия иордания ирак иран
  ирландия исландия испания италия казахстан камбоджа камерун канада катар кения кипр киргизия кирибати китаи кндр колумбия коморы косово куба кувеит
  кюрасао лаос латвия лесото либерия ливан ливия литва лихтенштеин люксембург маврикии мавритания мадагаскар маиотта малави малаизия мали мальдивы
  мальта марокко мартиника мексика мозамбик молдова монако монголия монтсеррат намибия науру непал нигер нигерия нидерланды никарагуа ниуэ норвегия
  оман пакистан палау панама парагваи перу польша португалия реюньон россия руанда румыния сальвадор самоа сарк сенегал сербия сингапур сирия словакия
  словения сомали судан суринам таджикистан таивань таиланд танзания того токелау тонга тувалу тунис туркменистан турция уганда узбекистан украина
  уругваи фиджи филиппины финляндия франция хорватия черногория чехия чили швеицария швеция эквадор эритрея эсватини эстония эфиопия ямаика япония usa
  uk england scotland wales britain korea zealand arabia lanka emirates holland america rica bosnia turkey tobago`;

export const LANGUAGES = `
  africaner afrikaans albanais albanees albanes albanese albanian albanisch albanski aleman alemao allemand amarico amhaars amharic amharique
  amharisch amharski angielski anglais arabe arabic arabisch arabo arabski armeens armenian armenien armenio armenisch armeno aserbaidschanisch
  azerbaidjanais azerbaigiano azerbaijani azerbaijano azerbaiyano azerbeidzjaans azerbejdzanski bangla basco baskijski baskisch basque belarusian
  belarussisch bengaals bengalese bengali bengalisch bengalski bialoruski bielorruso bielorrusso bielorusse bielorusso birmaans birman birmanes
  birmanisch birmano birmanski bretao breton bretone bretonisch bretons bretonski bulgaars bulgare bulgarian bulgarisch bulgaro bulgarski burmese
  canares canarim catalaans catalan catalano catalao cazaque ceco checo chinees chines chinese chinesisch chino chinois chinski chorwacki cinese
  cingalais cingales coreano coreen croata croate croatian croato czech czeski danes danese danisch danish danois deens deutsch dinamarques duits
  dunski dutch ebraico engels englisch english eslovaco esloveno espagnol espanhol espanol esperanto estisch estnisch estone estonian estoniano
  estonien estonio estonski euskera filipijns filipino filipinski filippino fines finlandes finlandese finnisch finnish finnois fins finski francais
  frances francese francuski frans franzosisch french galego gales galician galicien galicisch galicyjski galiziano gallego gallese gallois georgian
  georgiano georgien georgisch german giapponese goudjarati grec grecki greco greek grego griechisch griego grieks gruzinski gudzarati gujarati
  guyarati guzerate haoussa hauca hausa haussa hebraico hebraisch hebrajski hebreeuws hebreo hebreu hebrew hindi hiszpanski holandes hongaars hongrois
  hungarian hungaro icelandic iers igbo ijslands indonesian indonesiano indonesien indonesio indonesisch indonezyjski ingles inglese ioruba irisch
  irish irlandais irlandes irlandese irlandzki islandais islandes islandese islandisch islandzki italiaans italian italiano italien italienisch
  japanese japanisch japans japonais japones japonski jemer joruba kannada kasachisch katalanisch katalonski kazachs kazachski kazajo kazakh kazako
  khmer khmerski koreaans korean koreanisch koreanski kroatisch lacinski laosiano laotanski laotiaans laotisch latein latijn latim latin latino
  latvian letao leton lets lettisch letton lettone litauisch litewski lithuanian litouws lituanien lituano lotewski malaiala malaiisch malaio malais
  malajalam malajski malay malayalam malayo maleis malese maltais maltanski maltees maltes maltese maltesisch mongol mongolian mongolisch mongolo
  mongolski mongools nederlands neerlandais neerlandes nepalais nepalees nepales nepalese nepalesisch nepali nepalski niderlandzki niederlandisch
  niemiecki oekraiens oezbeeks olandese ormianski ourdou ouzbek panjabi pendjabi pendzabski persa persan persian persiano persisch perski perzisch
  polacco polaco polish polnisch polonais polones polski pools portoghese portugais portugalski portugees portugiesisch portugues portuguese punjabi
  punyabi roemeens romanian romeno rosyjski roumain rumanisch rumano rumeno rumunski ruso russe russian russisch russo schwedisch serbe serbian serbio
  serbisch serbo serbski servio servisch singalees singalese singhalesisch sinhala slovacco slovak slovaque sloveens slovene slovenian sloveno
  slowaaks slowacki slowakisch slowenisch slowenski spaans spagnolo spanisch spanish suaheli suahili suaili suajili sueco suedois svedese swahili
  swedish syngaleski szwedzki tailandes tajski tamil tamilski tamoul tcheco tcheque tedesco telougou telugo telugu thai thailandese thailandisch
  tibetaans tibetain tibetan tibetano tibetisch tschechisch tsjechisch turc turco turecki turkisch turkish turks tybetanski ucraino ucraniano
  ukrainian ukrainien ukrainisch ukrainski ungarisch ungherese urdu usbekisch uzbecki uzbeco uzbek uzbeko uzbeque vietnamees vietnamese vietnamesisch
  vietnamien vietnamita walijski walisisch wegierski welsh wietnamski wloski yoruba zoeloe zoulou zulu zweeds азербаиджанскии албанскии амхарскии
  англиискии арабскии армянскии африкаанс баскскии белорусскии бенгальскии бирманскии болгарскии бретонскии валлиискии венгерскии вьетнамскии
  галисиискии греческии грузинскии гуджарати гэльскии датскии зулу иврит игбо индонезиискии иоруба ирландскии исландскии испанскии итальянскии
  казахскии каннада каталанскии китаискии кореискии кхмерскии лаосскии латинскии латышскии литовскии малаискии малаялам мальтиискии монгольскии
  немецкии непальскии нидерландскии панджаби персидскии польскии португальскии румынскии русскии сербскии сингальскии словацкии словенскии суахили
  таискии тамильскии телугу тибетскии турецкии узбекскии украинскии урду филиппинскии финскии французскии хауса хинди хорватскии чешскии шведскии
  эсперанто эстонскии японскии`;
