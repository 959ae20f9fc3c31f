/**
 * Everyday words that stand for each other, so that a memory is found by other words than it was told in, and across languages.
 * One row is one idea: before the bar, words that mean the same; behind it, what is a kind, a part or a sign of it. Base forms,
 * folded; other forms are found by `variants.ts`. It is general knowledge, chosen by the fields of life (family, work, home, body,
 * food, travel, leisure, money, nature, feeling), and knows nothing of any particular memory.
 */
export const IDEAS = `
mother mom mum mama mommy mummy mutter madre mae mamma moeder ibu matka мать мама 妈妈 母亲 母 | parent
father dad papa daddy vater padre pere pai babbo vader ayah ojciec отец папа 爸爸 父亲 父 | parent
parent parents eltern padres genitori pais ouders родители 父母 | mother father mom dad mum
child children kid kids toddler offspring kind kinder nino nina hijo hija enfant bambino crianca filho filha anak dziecko ребенок дети 孩子 子供 | son daughter baby boy girl youngest eldest twins newborn
son boy sohn hijo fils figlio filho zoon сын 儿子 | child
daughter girl tochter hija fille figlia filha dochter дочь 女儿 | child
baby infant newborn babe saugling bebe neonato bayi малыш 婴儿 | pregnant pregnancy birth born
brother bro bruder hermano frere fratello irmao broer brat брат 哥哥 弟弟 兄弟 | sibling
sister sis schwester hermana soeur sorella irma zus siostra сестра 姐姐 妹妹 姐妹 | sibling
sibling siblings geschwister hermanos | brother sister twin
grandmother grandma granny nana oma grossmutter abuela grand-mere nonna avo nenek babcia бабушка 奶奶 外婆 | grandparent
grandfather grandpa granddad opa grossvater abuelo nonno avo kakek dziadek дедушка 爷爷 外公 | grandparent
grandparent grandparents grosseltern abuelos nonni | grandma grandpa grandmother grandfather granny nana
relative relatives kin family verwandte pariente famille familie familia famiglia keluarga rodzina семья родственник 家人 亲戚 | aunt uncle cousin nephew niece godfather godmother brother sister mother father grandma grandpa
husband hubby ehemann marido esposo mari marito man suami maz муж 丈夫 老公 | spouse partner
wife ehefrau esposa mujer femme moglie vrouw istri zona жена 妻子 老婆 | spouse partner
spouse partner | husband wife
boyfriend girlfriend freund freundin novio novia copain copine fidanzato ragazzo pacar парень девушка 男朋友 女朋友 | dating date relationship
marry married marriage wedding wed heirat hochzeit heiraten boda casar casarse mariage marier matrimonio sposare casamento bruiloft nikah slub свадьба 结婚 婚礼 | engaged engagement bride groom honeymoon ring fiance fiancee proposal vows anniversary
divorce divorced separation breakup scheidung trennung divorcio divorzio cerai развод 离婚 | split separated ex single
relationship status | single married dating divorced engaged boyfriend girlfriend partner breakup
friend buddy pal mate companion freund amigo ami amico vriend teman przyjaciel друг 朋友 | bestie neighbor
neighbor neighbour nachbar vecino voisin vicino vizinho buurman tetangga sasiad сосед 邻居 | next door
pet pets haustier mascota huisdier hewan 宠物 ペット | dog cat puppy kitten hamster rabbit parrot terrier greyhound tabby guinea goldfish turtle tortoise bunny bird poodle labrador retriever shepherd dachshund dackel katze hund perro gato perrita perrito 猫 犬 狗 鸟 鹦鹉 兔
dog puppy pup hound doggy hund perro perra chien cane cao anjing pies собака 狗 犬 | terrier greyhound poodle labrador retriever shepherd dachshund dackel beagle collie husky corgi leash bark
cat kitten kitty katze gato gata chat gatto kucing kot кошка кот 猫 | tabby meow
animal animals creature tier animal animale dier hewan zwierze животное 动物 | dog cat horse bird rabbit fish wolf fox bear elephant deer turtle snake lizard frog owl pigeon parrot cow sheep goat pig chicken
horse pony pferd caballo cheval cavallo cavalo paard kuda kon лошадь 马 | riding ride saddle stable mare
bird vogel pajaro oiseau uccello passaro burung ptak птица 鸟 鳥 | parrot owl eagle robin pigeon sparrow canary
adopt rescue adopted rescued adoptieren adoptar adopter adottare 收养 領養 | shelter brought home foster
job occupation profession career employment beruf arbeit stelle trabajo oficio empleo travail metier emploi lavoro impiego trabalho emprego werk baan pekerjaan praca работа профессия 工作 仕事 职业 | work hired position employed salary interview office teacher nurse doctor engineer lawyer chef driver designer developer manager accountant
work works arbeiten trabajar travailler lavorare trabalhar werken bekerja pracowac работать 工作 働く | job office company shift employed hired signed firm career
employer company firm business workplace arbeitgeber firma unternehmen empresa entreprise azienda ditta bedrijf perusahaan firma компания 公司 会社 | office boss startup factory agency shop
boss manager supervisor chief chef leiter jefe patron capo chefe baas atasan szef начальник 老板 上司 | head lead director
colleague coworker co-worker teammate kollege companero collegue collega rekan коллега 同事 | team office
employ hire recruit einstellen contratar embaucher assumere 雇 | hired staff employee intern joined team recruited
employee staff worker angestellte empleado employe dipendente karyawan сотрудник 员工 | intern team hired colleague
quit resign leave kundigen kundigung renunciar dejar demissionner dimettersi berhenti уволиться 辞职 | resigned notice left fired laid
fired dismissed laid layoff redundant entlassen despedido licencie licenziato dipecat уволен 解雇 | quit unemployed job
retire retirement retired pension rente jubilacion retraite pensione pensiun пенсия 退休 | retired
promotion promoted raise beforderung ascenso promosi повышение 升职 | manager senior salary
salary pay wage income gehalt lohn sueldo salaire stipendio salario gaji зарплата 工资 | earn money paid
business company startup venture shop geschaft laden negocio entreprise azienda bisnis бизнес 生意 | store founded opened owner entrepreneur customers launch
found founded start establish launch open grunden fundar fonder fondare | opened started business
meeting appointment treffen termin besprechung reunion cita rendez-vous riunione appuntamento rapat встреча 会议 | conference call schedule
lecture talk presentation speech vortrag rede charla conferencia discurso expose discorso presentazione pidato лекция доклад 演讲 讲座 | conference speaker slides audience keynote
practise practice rehearse train exercise uben proben ensayar practicar repeter provare latihan репетировать 练习 | rehearsal training lessons
office buro oficina bureau ufficio escritorio kantor biuro офис 办公室 | work desk colleague boss server printer
mishap accident incident disaster trouble unfall missgeschick accidente incidente kecelakaan wypadek авария 事故 | fire broke crash fell alarm hurt flood smashed emergency lost
school schule escuela colegio ecole scuola escola sekolah szkola школа 学校 | teacher class grade pupil student homework kindergarten exam
university college uni campus universitat universidad universite universita universidade universitas uniwersytet университет 大学 | degree studies student lecture campus graduate accepted professor classes dorm
study studies studying studieren estudiar etudier studiare estudar studeren belajar studiowac учиться 学习 勉強 | course class degree university college major accepted exam classes
course class lesson training kurs unterricht curso clase cours lecon corso lezione les kelas kursus курс урок 课 课程 | learn teacher lessons classes workshop school
education degree qualification bildung ausbildung educacion formation istruzione pendidikan образование 教育 | university college school study major course diploma certificate
graduate graduation degree abschluss graduarse diplome laurea lulus wisuda выпуск 毕业 | ceremony diploma
learn lernen aprender apprendre imparare leren belajar uczyc учить 学 学ぶ | lessons course class taught studying practise picking
teach teacher instructor tutor lehrer lehrerin unterrichten ensenar profesor enseigner professeur insegnare insegnante ensinar professor mengajar guru nauczyciel учитель 老师 教 先生 | class lessons taught students school coach
exam test prufung examen esame exame ujian egzamin экзамен 考试 | passed grade score
home house place haus zuhause heim casa hogar maison casa huis thuis rumah dom дом 家 房子 | apartment flat live kitchen garden roof lease
apartment flat wohnung piso departamento appartement appartamento appartement apartemen mieszkanie квартира 公寓 | rent lease home lives
live lives reside dwell leben wohnen wohne wohnt vivir vive habiter vivre abitare vivere morar wonen tinggal mieszkac жить 住 | moved apartment house home lease settled
move moved relocate umziehen umzug ziehen mudar mudarse mudanza demenager trasferirsi traslocare mudar verhuizen pindah przeprowadzka переехать 搬 搬家 引っ越し | lease new house apartment relocated packing boxes emigrated left
rent lease miete alquiler loyer affitto aluguel huur sewa czynsz аренда 租 | apartment landlord tenant
landlord vermieter casero proprietaire padrone | rent lease
repair fix mend reparieren reparatur reparar arreglar reparer riparare consertar repareren memperbaiki naprawic починить 修 修理 | fixed mended plumber broken
break broke broken kaputt brechen brach gebrochen romper roto casser rompere quebrar breken rusak zlamac сломать 坏 | gave up crashed destroyed cracked failed fractured
kitchen kuche cocina cuisine cucina cozinha keuken dapur kuchnia кухня 厨房 | cook oven stove
bedroom room schlafzimmer zimmer habitacion dormitorio chambre camera quarto kamer kamar pokoj комната 房间 | bed
garden yard garten jardin giardino jardim tuin kebun taman ogrod сад 花园 庭 | plants flowers balcony vegetables grow planted lawn bloom
furniture mobel mueble meuble mobile mebel мебель 家具 | chair table sofa shelf bookshelf couch bed desk
grow plant cultivate anbauen pflanzen cultivar plantar cultiver planter coltivare tanam выращивать 种 | garden balcony seeds harvest planted tomatoes chillies pumpkins herbs vegetables
plant flower pflanze blume planta flor plante fleur pianta fiore bloem bunga tanaman kwiat цветок растение 花 植物 | rose tulip sunflower dahlia orchid cactus fern succulent lily
food meal dish essen gericht mahlzeit comida plato nourriture repas plat cibo piatto pasto comida prato eten makanan jedzenie еда блюдо 食物 菜 料理 食べ物 | dinner lunch breakfast pizza pasta rice soup salad bread cake curry sushi ramen steak risotto tacos noodles stew sandwich burger cheese dessert
cook cooking prepare bake kochen backen zubereiten gekocht cocinar preparar hornear cuisiner preparer cucinare preparare cozinhar koken memasak gotowac готовить 做饭 料理 | recipe dish dinner meal made kitchen baked chef from scratch
recipe rezept receta recette ricetta receita recept resep przepis рецепт 食谱 | dish cook bake grandmother's ingredient
eat ate essen ass comer manger mangiare eten makan jesc есть 吃 食べる 食べ | meal dinner lunch food dish
drink trinken getrank beber bebida boire boisson bere bevanda minum минум pic пить 喝 飲む | coffee tea wine beer water juice cocktail whisky
restaurant cafe gaststatte restaurante ristorante restoran restauracja ресторан 餐厅 レストラン | dinner ate menu table waiter bistro
diet dietary nutrition ernahrung dieta regime alimentation pola диета 饮食 | vegan vegetarian gluten pescatarian keto meat sugar calories eat
vegetarian vegan meatless vegetarisch vegetariano vegetarien 素食 | meat diet
allergy allergic allergie alergia allergia alergi аллергия 过敏 | peanuts shellfish pollen hives reaction gluten lactose intolerant
serve offer servieren servir servire | dinner food allergic
dinner supper abendessen cena diner jantar makan malam kolacja ужин 晚饭 夕食 | cook meal dish eat guests
cake pie dessert kuchen torte pastel tarta gateau torta bolo taart kue ciasto торт 蛋糕 ケーキ | bake cookies sweet birthday
bake bread backen brot pan pain pane pao brood roti chleb хлеб 面包 パン | sourdough loaf flour oven
coffee kaffee cafe caffe koffie kopi kawa кофе 咖啡 コーヒー | espresso latte
tea tee te the thee teh herbata чай 茶 お茶 | herbal
wine beer wein bier vino cerveza vin biere birra vinho cerveja anggur wino вино пиво 酒 | bar drink bottle
travel trip journey vacation holiday tour reise urlaub ferien reisen viaje viajar vacaciones voyage voyager vacances viaggio viaggiare vacanza viagem viajar ferias reis vakantie perjalanan liburan podroz wakacje путешествие поездка отпуск 旅行 旅游 旅 | visited visit flew flight went abroad landed airport hotel beach tour camping roadtrip cruise greetings back tickets explored backpacking
country countries nation land pais pays paese land negara kraj страна 国家 国 | travel visited abroad trip landed greetings spain france italy germany japan china india brazil mexico canada ireland iceland greece portugal peru kenya egypt thailand vietnam sweden norway
city town stadt ciudad ville citta cidade stad kota miasto город 城市 街 | downtown live moved visited capital paris london york rome berlin tokyo boston chicago
island islands insel isla ile isola ilha eiland pulau wyspa остров 岛 島 | sicily beach ferry bali crete hawaii sea
visit visited besuchen besucht visitar visiter visitare bezoeken mengunjungi odwiedzic посетить 参观 访问 | trip went saw travel tour stopped
hotel accommodation lodging unterkunft hotel alojamiento hebergement alloggio penginapan гостиница отель 酒店 住宿 | stay stayed slept hostel cabin cottage airbnb tent resort lighthouse booked room
stay stayed sleep slept bleiben ubernachten quedarse dormir rester loger dormire soggiornare tinggal | hotel night hostel cabin
flight fly plane airport flug flugzeug fliegen vuelo avion volar vol voler aereo volo aviao vlucht pesawat lot самолет 飞机 航班 | landed airline pilot tickets
route way path strecke weg ruta camino itineraire chemin percorso strada rota jalan trasa маршрут 路线 | along around through across coast trail
mountain hill peak berg montana montagne montagna montanha gunung gora гора 山 | climb climbed hike summit trail
climb climbing steigen klettern escalar grimper arrampicare mendaki wspinac лезть 爬 | mountain peak bouldering summit
hike hiking walk trek wandern wanderung caminata senderismo randonnee escursione caminhada wandeling mendaki wedrowka поход 徒步 | trail mountain forest woods camping
camp camping tent zelten campen acampar camper campeggio kemah kemping палатка 露营 | hike fire woods outdoors marshmallows
beach coast seaside strand kuste playa costa plage spiaggia praia pantai plaza пляж 海滩 海边 | sea ocean sand swim surf waves
sea ocean meer mar mer mare zee laut morze море 海 | beach boat waves sail coast
vehicle car automobile auto wagen fahrzeug coche carro voiture macchina automobile mobil samochod машина автомобиль 车 汽车 車 | truck van pickup volvo fiat toyota ford bmw tesla honda prius suv convertible bike scooter motorcycle drive driving tyre engine sedan hatchback jeep
bicycle bike cycling fahrrad rad bicicleta velo bici fiets sepeda rower велосипед 自行车 自転車 | ride cycle tandem pedal
commute ride drive fahren fahrt conducir conduire guidare dirigir rijden mengemudi jechac ездить 开车 | car bike bus train work vehicle traffic
train railway zug bahn tren train treno trem trein kereta pociag поезд 火车 電車 | station ticket rail
boat ship sailing schiff boot barco bateau barca nave navio schip kapal perahu statek лодка корабль 船 | ferry sail yacht kayak canoe harbour cruise
sport sports exercise workout fitness sportart deporte ejercicio sport esercizio esporte olahraga спорт 运动 スポーツ | run running swim swimming tennis football soccer basketball yoga gym cycling climbing bouldering judo karate rowing fencing archery hockey skiing surfing boxing badminton volleyball skating rugby golf marathon baseball cricket polo pilates parkour dance hiking
run running jog race marathon laufen rennen lauf correr carrera courir course correre corsa corrida hardlopen lari biegac бегать бег 跑步 走る | finished medal jogging training
swim swimming pool schwimmen nadar piscina nager nuotare zwemmen renang plywac плавать 游泳 泳ぐ | beach lake sea
game games play spiel spielen juego jugar jeu jouer gioco giocare jogo jogar spel main gra игра играть 游戏 ゲーム | chess cards poker bridge backgammon console xbox playstation nintendo zelda minecraft board match tournament puzzle
win won victory prize award gewinnen gewonnen preis ganar gano premio gagner prix vincere premio ganhar winnen menang hadiah wygrac победа приз 赢 奖 | medal trophy ribbon place first second champion contest award grant scholarship certificate
competition contest tournament race wettbewerb turnier concurso competencia torneo concours tournoi gara concorso competicao wedstrijd lomba kompetisi zawody соревнование конкурс 比赛 大会 | won prize place medal fair champion judges winner
team club mannschaft verein equipo equipe squadra time tim klub команда 队 | match league coach players
hobby hobbies pastime activity activities leisure freizeit aficion pasatiempo loisir passatempo hobi kegiatan хобби увлечение 爱好 趣味 | painting pottery hiking camping swimming running reading dancing gardening cooking photography knitting chess guitar piano cycling drawing sewing yoga fishing collecting singing crafts museum
relax unwind destress calm self-care entspannen relajarse se-detendre rilassarsi relaxar ontspannen bersantai отдыхать 放松 | meditation yoga bath reading walk music massage nature spa therapy
instrument instruments musikinstrument instrumento strumento muziekinstrument alat инструмент 乐器 楽器 | guitar piano violin drums cello flute clarinet trumpet saxophone banjo accordion ukulele harp oboe bass keyboard harmonica trombone waldhorn bratsche akkordeon geige klavier gitarre flote 小提琴 钢琴 吉他 古筝 萨克斯
music musik musica musique muziek muzyka музыка 音乐 音楽 | song band concert playlist album jazz rock pop classical guitar piano singer listen violin
song tune melody lied cancion chanson canzone musica lagu piosenka песня 歌 | music album lyrics lullaby tango singing
concert gig festival show konzert concierto concert concerto konser koncert концерт 音乐会 コンサート | band live stage singer tickets played performed music venue
band group musician musicians singer artist gruppe banda groupe gruppo zespol группа 乐队 歌手 | concert played album song stage
sing singing singen cantar chanter cantare zingen menyanyi spiewac петь 唱歌 歌う | choir song voice karaoke
dance dancing tanzen tanz bailar baile danser danse ballare danza dancar dansen menari tari taniec танец 跳舞 | ballet salsa tango studio performance contemporary
movie film cinema kino pelicula cine cinema filme bioscoop bioskop кино фильм 电影 映画 | watch watched documentary western comedy actor theatre thriller screening director
watch watched see saw schauen gesehen ver mirar vio regarder vu guardare vedere assistir kijken menonton ogladac смотреть 看 見る | movie film documentary series show tv
series show tv television serie sendung fernsehen television televisione tele | episode season watched netflix
book novel buch roman libro novela livre libro romanzo livro boek buku ksiazka книга роман 书 本 小说 | read reading author finished story chapter library bookshop
read reading lesen gelesen leer leyo lire leggere ler lezen membaca czytac читать 看书 読む | book novel finished author page stayed
author writer write writing schriftsteller autor escritor auteur ecrivain scrittore autore penulis писатель 作家 | book novel poem story blog published journal
paint painting picture drawing artwork art malen gemalt bild gemalde kunst pintar cuadro arte peindre peinture tableau dipingere quadro pintura schilderij kunst lukisan seni obraz sztuka картина рисовать искусство 画 绘画 艺术 | watercolour watercolor oil charcoal canvas sketch portrait sunset landscape gallery brush exhibition sunflowers mural sculpture drew
technique method material technik tecnica technique teknik | watercolour oil charcoal pencil acrylic
photo photograph picture camera foto fotografia photographie fotografi zdjecie фото 照片 写真 | pictures pics lens shot album
craft crafts handmade pottery clay handwerk toepfern artesania ceramica poterie artigianato keramik kerajinan керамика 手工 | knitting sewing wood carving workshop bowl wheel loom kiln
build built construct make bauen gebaut construir construire costruire bouwen membangun budowac строить 造 建 | made model built created
collect collection sammeln sammlung coleccion coleccionar collection collezione colecao verzamelen koleksi kolekcja коллекция 收藏 | stamps coins vinyl records maps figurines
software app application program code programm anwendung aplicacion programa logiciel applicazione aplikasi program приложение программа 软件 アプリ | hacking coding build developer tool website project calculator tracker platform
programming coding developer language programmieren programar programmer programmazione pemrograman программирование 编程 | rust python java kotlin elixir haskell javascript typescript ruby golang swift software hacking app code
computer laptop rechner ordenador computadora ordinateur komputer компьютер 电脑 | pc mac keyboard screen
phone mobile smartphone telefon handy telefono movil telephone cellulare celular telefoon ponsel телефон 手机 電話 | call number iphone android
wireless wifi wlan network internet netz red reseau rete rede netwerk jaringan siec сеть 网络 | router password
password code pin key passwort kennwort contrasena mot-de-passe senha wachtwoord sandi haslo пароль 密码 | door login access
number phone nummer numero nomor numer номер 号码 | call contact
address street adresse strasse direccion calle indirizzo via endereco rua adres straat alamat jalan ulica адрес улица 地址 | lives house road avenue
injury hurt wound injured verletzung verletzt herida lesion lastimado blessure ferita infortunio lesao blessure cedera uraz травма 受伤 怪我 | broke broken broken wrist ankle knee sprained fracture plaster fell surgery torn bruise cast bandage
illness sick disease ill krankheit krank enfermedad enfermo maladie malade malattia malato doenca ziek ziekte sakit penyakit choroba болезнь больной 病 生病 | flu cold fever cough hospital diagnosed cancer virus infection diabetes migraine doctor
surgery operation operated op chirurgie operacion cirugia intervento operazione operasi operacja операция 手术 | hospital surgeon knee scar
location place spot venue site ort stelle platz lugar sitio lieu endroit luogo posto local plaats tempat miejsce место 地方 | park beach barn hall cafe museum restaurant theatre
doctor physician arzt arztin medico doctora medecin dottore dokter lekarz врач 医生 医者 | hospital appointment clinic checkup diagnosis results dr surgeon nurse dentist prescribed
hospital clinic krankenhaus hopital ospedale ziekenhuis rumah-sakit szpital больница 医院 病院 | surgery doctor ambulance emergency nurse
medicine medication pill drug medikament medicina medicamento medicament medicinale obat lek лекарство 药 薬 | prescription dose tablets antibiotics
medical health results gesundheit salud sante salute saude gezondheid kesehatan zdrowie здоровье 健康 | doctor blood pressure diagnosis checkup iron test hospital
plaster cast bandage gips yeso platre gesso | weeks broken arm leg
weight gewicht peso poids | kilos pounds diet lost gained
sleep insomnia schlaf schlafen dormir sueno sommeil dormire sonno slapen tidur sen сон спать 睡觉 | tired nap awake night bed
calm calmer peaceful ruhig tranquilo calme calmo rustig tenang spokojny спокойный 平静 | meditation therapy yoga breathing relaxed
therapy counseling psychologist therapie therapeut terapia psicologo terapeuta konseling терапия 心理 | therapist session mental anxiety
stress anxiety anxious worry angst estres ansiedad stress ansia ansiedade stres тревога стресс 压力 焦虑 | nervous panic worried overwhelmed therapy
fear afraid scared phobia angst furcht miedo temor peur paura medo bang takut strach страх 害怕 恐惧 怖い | terrified nervous panic frightened phobia dread
happy glad joy glucklich froh feliz alegre heureux content felice contento blij bahagia senang szczesliwy счастливый 高兴 幸福 嬉しい | excited delighted thrilled smile
sad unhappy grief traurig triste tristeza tristesse verdrietig sedih smutny грустный 难过 悲しい | cried tears loss lonely depressed funeral mourning miss
angry anger upset wutend bose enojado enfadado fache colere arrabbiato rabbia zangry boos marah zly злой 生气 | argument fight furious mad annoyed
die died death dead passed gestorben tot tod sterben morir murio muerte mort mourir morto morire morte overleden meninggal mati smierc умер смерть 去世 死 | funeral lost grief loss cancer buried
cry cried tears weinen llorar pleurer piangere chorar huilen menangis плакать 哭 | sad tear emotional
habit routine gewohnheit costumbre habito habitude abitudine gewoonte kebiasaan nawyk привычка 习惯 | smoking daily every morning drinking without stopped biting nails
stop quit give-up aufhoren dejar arreter smettere parar stoppen berhenti przestac бросить 戒 | without gave sober days clean
smoke smoking cigarette rauchen fumar fumer fumare roken merokok palic курить 抽烟 | nicotine quit tobacco
money cash geld dinero argent soldi denaro dinheiro uang pieniadze деньги 钱 お金 | dollars euros pounds price cost paid savings salary bank budget fund
cost price expensive pay kosten preis bezahlen costar precio pagar couter prix payer costare prezzo pagare custar kosten harga biaya koszt cena стоить цена 价格 花费 | dollars euros paid cheap bill money spent
buy bought purchase shopping kaufen gekauft einkaufen comprar compro acheter acquistare comprare kopen membeli kupic купить 买 買う | got ordered shop store price new purchased
sell sold verkaufen verkauft vender vendio vendre vendere verkopen menjual sprzedac продать 卖 | buyer price
gift present geschenk regalo cadeau dono presente hadiah kado prezent подарок 礼物 プレゼント | gave birthday sent surprise received wrapped christmas
receive get got bekommen erhalten recibir recevoir ricevere receber krijgen menerima dostac получить 收到 | sent gave gift mail arrived won
give gave donate geben gab dar dio donner dare dar geven memberi dac дать 给 | gift sent donated
charity donation cause volunteer fundraiser spende wohltatigkeit caridad donacion benevole charite beneficenza volontariato caridade amal donasi благотворительность 慈善 | raised collected money donate hospice shelter homeless volunteering foundation community sanctuary helped rescue
volunteer volunteering ehrenamt voluntario benevole volontario relawan волонтер 志愿者 | charity shelter helped community soup kitchen
birthday geburtstag cumpleanos anniversaire compleanno aniversario verjaardag ulang-tahun urodziny день-рождения 生日 誕生日 | party cake turned years gift candles
party celebration feier fiesta fete festa feest pesta impreza праздник вечеринка 派对 聚会 | birthday wedding guests celebrate danced
christmas xmas weihnachten navidad noel natale natal kerst swieta рождество 圣诞 | tree gifts holiday eve
holiday holidays feiertag fiesta ferie feestdag hari-libur | christmas easter thanksgiving vacation visited
event festival parade conference veranstaltung evento evenement acara wydarzenie событие 活动 | attended went workshop fair concert race meeting exhibition
guest guests gast invitado invite ospite convidado tamu gosc гость 客人 | invited party sixty came dinner
invite invited einladen eingeladen invitar inviter invitare convidar uitnodigen mengundang zaprosic пригласить 邀请 | guests party wedding
church religion faith god kirche glaube gott iglesia religion fe dios eglise dieu chiesa fede dio igreja kerk gereja kosciol церковь бог 教会 上帝 | pray prayer temple mosque bible service
politics election vote politik wahl politica eleccion politique vote politica elezione politik pemilu polityka политика 政治 | campaign mayor council party
law lawyer court anwalt gericht recht abogado ley corte avocat loi avvocato legge advogado pengacara hukum prawnik закон адвокат 律师 法律 | legal judge trial sued
police polizei policia police polizia politie polisi policja полиция 警察 | officer stolen crime
steal stolen theft rob stehlen gestohlen robar robo voler vol rubare furto stelen mencuri krasc украсть 偷 | thief burglar police missing
lose lost missing verlieren verloren perder perdio perdre perdu perdere perso perder verliezen hilang zgubic потерять 丢 | forgot left find misplaced
find found discover finden gefunden encontrar trouver trovare encontrar vinden menemukan znalezc найти 找到 | handed discovered turned up spotted
storm weather rain wetter regen sturm tiempo lluvia tormenta meteo pluie tempo pioggia tempesta weer cuaca hujan pogoda deszcz погода дождь 天气 雨 | snow hail wind sun flood hurricane thunder
winter snow schnee invierno nieve hiver neige inverno neve salju zima зима снег 冬天 雪 | ski skiing cold ice sled
summer sommer verano ete estate verao zomer musim-panas lato лето 夏天 | beach hot vacation heat
spring fruhling primavera printemps lente wiosna весна 春天 | bloom flowers april
autumn fall herbst otono automne autunno outono herfst jesien осень 秋天 | leaves october
color colour farbe color couleur colore cor kleur warna kolor цвет 颜色 色 | red blue green yellow white black purple orange pink brown grey gray navy crimson turquoise
clothes clothing outfit wear kleidung kleider ropa vestido vetements habits vestiti abbigliamento roupa kleren pakaian ubrania одежда 衣服 服 | dress shirt jacket shoes jeans coat hat sweater skirt boots
shoes schuhe zapatos chaussures scarpe sapatos schoenen sepatu buty обувь 鞋 | boots sneakers heels sandals
jewelry jewellery necklace schmuck joya bijou gioiello joia perhiasan bizuteria украшение 首饰 | ring bracelet earrings pendant
age old alter edad age eta idade leeftijd usia wiek возраст 年龄 | years birthday turned born months
name called nennen genannt heissen name nombre llamar llama nom appeler nome chiamare chiama naam nama imie имя звать 名字 叫 名前 | named
origin from roots heritage ancestry herkunft origen origine asal происхождение 来自 | born grew country homeland immigrated native moved
grow-up childhood aufwachsen kindheit infancia crecer enfance grandir infanzia crescere kindertijd masa-kecil dziecinstwo детство 童年 | child kid girl boy small young school grew
tradition custom ritual brauch tradicion tradition tradizione tradicao traditie tradisi tradycja традиция 传统 | every year sunday holiday always annual family
plan goal dream wish ziel traum wunsch meta sueno deseo but reve souhait obiettivo sogno desiderio meta sonho doel wens tujuan mimpi cel marzenie цель мечта 目标 梦想 | hope want aspire future planning someday
dream wish traum wunsch sueno reve sogno sonho droom mimpi sen мечта 梦 | love hope imagine
decide decision choose entscheiden entscheidung decidir decision choisir decidere scelta escolher beslissen memutuskan решить 决定 | chose option picked
problem issue trouble challenge difficulty schwierigkeit problema dificultad probleme difficulte difficolta masalah problem проблема 问题 | hard struggle struggling tough obstacle setback
help support assist hilfe helfen ayuda ayudar aide aider aiuto aiutare ajuda ajudar hulp bantuan membantu pomoc помощь помогать 帮助 助ける | helped supportive encourage thanks there
advice tip recommend suggestion rat tipp consejo recomendar conseil recommander consiglio raccomandare conselho advies saran nasihat rada совет 建议 | suggested try should recommended
argue argument fight quarrel streit streiten pelea discutir dispute litige litigio lite briga ruzie bertengkar klotnia спор ссора 吵架 | angry upset apologised
agree agreement contract vertrag contrato contrat contratto contract kontrak umowa договор 合同 | signed lease deal
secret hidden hide geheim verstecken secreto esconder secret cacher segreto nascondere segredo geheim rahasia tajemnica секрет тайна 秘密 | behind under inside nobody
keep store stored aufbewahren guardar conservar garder ranger conservare tenere guardar bewaren menyimpan trzymac хранить 放 保存 | lies put stored inside behind under garage drawer
key schlussel llave cle chiave chave sleutel kunci klucz ключ 钥匙 鍵 | spare lock door
nature outdoors forest natur wald naturaleza bosque nature foret natura bosco natureza floresta natuur bos alam hutan natura las природа лес 大自然 森林 | trees hike lake river park woods camping mountains
environment climate umwelt klima medio-ambiente clima environnement climat ambiente milieu lingkungan iklim srodowisko климат 环境 气候 | recycling solar plastic green sustainable emissions
science research wissenschaft forschung ciencia investigacion science recherche scienza ricerca ciencia pesquisa wetenschap ilmu penelitian nauka наука 科学 研究 | experiment project study fair lab university planetarium volcano robot
space astronomy stars weltraum sterne espacio estrellas espace etoiles spazio stelle espaco ruimte luar-angkasa kosmos космос звезды 太空 星 | telescope planet moon rocket
child-care kindergarten nursery daycare kita kindergarten guarderia creche asilo jardin | toddler school started
community group support gemeinschaft comunidad communaute comunita comunidade gemeenschap komunitas spolecznosc сообщество 社区 | lgbtq members volunteers meeting center activists neighbors
identity gender transgender lgbtq queer identitat identidad identite identita identitas тождество 身份 | transition pride trans coming out woman man gay
pride parade lgbtq csd orgullo fierte | rainbow march flag
project projekt proyecto projet progetto projeto proyek проект 项目 | working building started developing app finished
skill ability talent fahigkeit habilidad talent abilita habilidade vaardigheid keahlian umiejetnosc навык 技能 | learn practice good
language sprache idioma lengua langue lingua idioma taal bahasa jezyk язык 语言 言語 | speak spanish french german english arabic italian chinese japanese portuguese learning fluent
news neuigkeit noticia nouvelle notizia noticia nieuws berita wiadomosc новость 新闻 消息 | announced happened told update
letter mail email post brief carta correo lettre courrier lettera posta carta surat list письмо 信 | sent wrote received
transport bus metro subway verkehr transporte autobus bus trasporto vervoer angkutan autobus транспорт 公交 | ride train commute stop
move-in roommate flatmate mitbewohner companero colocataire coinquilino huisgenoot | share apartment
museum gallery exhibition museum ausstellung museo exposicion musee exposition mostra museu tentoonstelling museum muzeum музей выставка 博物馆 | art paintings visited exhibit
park playground spielplatz parque parc parco taman park парк 公园 | walk trees picnic kids slide
picnic picknick pique-nique | park blanket basket
market shop store markt laden mercado tienda marche magasin mercato negozio loja winkel pasar toko sklep магазин рынок 市场 商店 | bought sell vendor
employer-former former previous ehemalig anterior ancien precedente ex | years notice left quit used before
formerly previously früher antes autrefois prima dulu раньше 以前 | old used sold before
unusual strange odd weird ungewohnlich seltsam raro extrano inhabituel etrange insolito strano estranho vreemd aneh dziwny странный 奇怪 | funny crazy abandoned former haunted
`;

/** Forms of one word that share too little to be seen as such. */
export const IRREGULAR = `
go goes went gone
be is are was were been
have has had
do does did done
see saw seen
eat ate eaten
drink drank drunk
take took taken
give gave given
come came
get got gotten
buy bought
bring brought
think thought
teach taught
catch caught
fight fought
seek sought
find found
wind wound
bind bound
make made
say said
tell told
sell sold
feel felt
leave left
keep kept
sleep slept
meet met
lose lost
win won
run ran
begin began begun
swim swam swum
sing sang sung
ring rang rung
drive drove driven
ride rode ridden
write wrote written
rise rose risen
speak spoke spoken
break broke broken
choose chose chosen
steal stole stolen
wake woke woken
wear wore worn
tear tore torn
know knew known
grow grew grown
throw threw thrown
fly flew flown flight
draw drew drawn
fall fell fallen
hold held
stand stood
understand understood
pay paid
build built
send sent
spend spent
lend lent
hear heard
read reading
lead led
feed fed
hide hid hidden
bite bit bitten biting
forget forgot forgotten
become became
shoot shot
stick stuck
dig dug
hang hung
child children
man men
woman women
person people
foot feet
tooth teeth
mouse mice
goose geese
wife wives
life lives
knife knives
die died dying
gehen ging gegangen geht
kommen kam gekommen
sehen sah gesehen sieht
essen ass gegessen isst
nehmen nahm genommen nimmt
geben gab gegeben gibt
finden fand gefunden
sprechen sprach gesprochen spricht
schreiben schrieb geschrieben
fahren fuhr gefahren fahrt
laufen lief gelaufen lauft
schlafen schlief geschlafen schlaft
bringen brachte gebracht
denken dachte gedacht
ziehen zog gezogen
brechen brach gebrochen bricht
helfen half geholfen hilft
verlieren verlor verloren
gewinnen gewann gewonnen
werden wurde geworden
bleiben blieb geblieben
beginnen begann begonnen
treffen traf getroffen trifft
kochen gekocht
kaufen gekauft
arbeiten gearbeitet
lernen gelernt
heissen heisst genannt
ir voy va fue fui ido
ver veo vio visto
hacer hizo hecho hago
decir dijo dicho digo
tener tengo tuvo tiene
venir vino viene vengo
poner puso puesto pongo
dar dio doy dado
saber supo se
poder pudo puede
querer quiso quiere quiero
dormir durmio duerme duermo
morir murio muere muerto
jugar juega jugo juego
ensenar enseno
aller va vais alle ira
voir vu voit vois
faire fait fais
prendre pris prend
venir venu vient viens
mettre mis met
boire bu boit
lire lu lit
ecrire ecrit
vivre vecu vit
mourir mort meurt
naitre ne nee
andare va vado andato
fare fatto faccio
vedere visto vede
venire venuto viene
prendere preso
leggere letto
scrivere scritto
vivere vissuto
morire morto
`;
