/**
 * More ideas in the form of `thesaurus-data.ts`, in English alone: how people ask for what others have told, by the fields of life.
 * General knowledge, as a book of synonyms has it.
 */
export const EVERYDAY = `
uncle aunt auntie | nephew niece cousin relative
cousin | uncle aunt relative
nephew niece | brother sister uncle aunt sibling
grandchild grandson granddaughter grandkid grandchildren | grandma grandpa grandmother grandfather
stepmother stepfather stepson stepdaughter stepbrother stepsister | parent child sibling
twin twins | sibling brother sister born
teenager teen adolescent youngster | son daughter school
elderly old senior pensioner | grandmother grandfather retired home
bride groom | wedding dress married
fiance fiancee engaged engagement betrothed | ring proposed wedding
propose proposal | ring knee engaged marry
romance romantic love | date kiss valentine flowers candlelight
crush attraction | flirt date blush
flirt date dating tinder | met match romantic girlfriend boyfriend
pregnant pregnancy expecting | baby due trimester ultrasound midwife belly
birth delivery born | baby hospital midwife newborn
adoption adopt adoptive | agency child foster papers shelter
raise upbringing parenting | child kids single parent
babysit babysitter nanny childminder | child kids evening
orphan foster | adoption parents
widow widower widowed | husband wife died alone
ancestor ancestry genealogy forefather | roots family tree born
generation generations | grandmother family heirloom passed
heirloom inherit inheritance bequest inherited | grandmother grandfather left died will ring watch
reunion reunite reconnect reunited | family class friends gathering old again
bond connection closeness close | together relationship trust
acquaintance | friend met know
friendship companionship | friend together known since
meet met encounter introduced introduce acquainted | first through party friend
know known acquainted | since met friends
mentor idol hero inspiration | look up admire teacher guide taught
neighborhood neighbourhood district quarter area suburb | street block neighbor live
gathering meetup reunion | friends family party dinner barbecue picnic
conversation talk chat discussion discuss speak | told call phone about asked
gossip rumor rumour | heard told secret
apologize apologise apology sorry forgive forgiveness | mistake hurt argument made up
trust honest honesty loyal | lie secret promise rely
betray betrayal cheat cheated unfaithful | lied trust affair
promise vow pledge swear | keep word
lie dishonest lied deceive trick | truth secret
reconcile reconciliation | apologised talking again made up
bully bullying harass mock tease | school laughed mean picked
criticism criticize criticise complain complaint | annoyed negative review boss
compliment praise admire admiration | proud lovely impressed kind words
respect appreciate value esteem gratitude grateful thankful | thank lucky means
support encouragement encourage cheer motivate | there for side believed pushed helped
rely depend | trust help
inspire inspired motivate motivated motivation encourage influence spark prompt drive | because made me want started after idea reason
reason cause why motive | because since due decided
purpose aim intention goal objective target | want hope plan trying
ambition aspiration dream aspire | want become someday hope goal
wish desire want long crave yearn | hope dream love to
expect anticipate await | excited wait soon
excited enthusiastic thrilled eager keen pumped stoked | wait forward happy
proud pride accomplished | achievement managed finally
accomplish achieve achievement accomplishment milestone success succeed feat | finished managed won first award passed completed record medal promoted published
fail failure flop unsuccessful | failed exam lost rejected gave up mistake
reject rejection refuse decline | no unfortunately application letter
accept admission admitted accepted | offer letter yes university got in
challenge difficult hardship obstacle hurdle struggle setback adversity | hard tough problem overcame lost injury rejected
overcome cope conquer deal handle manage | got through hard therapy survived strength
persevere persist perseverance determination resilient resilience | kept going gave up strength
courage brave bravery bold | scared dared risk fear
confident confidence | believe myself proud shy
shy introvert timid reserved | quiet nervous crowd
nervous anxious worried uneasy tense | butterflies stomach scared before
worry concern worried concerned | afraid anxious sleep what if
panic panicked freak | heart attack breathe terrified
fear scared afraid frighten terrify dread phobia | heights spiders dark flying needles clowns water
shock stunned shocked astonished surprised surprise | believe expected suddenly jaw
confused confusion puzzled perplexed | understand lost unclear
bored boring dull tedious | nothing same slow
curious curiosity interested interest intrigued fascinated fascination | wonder learn about love into
passion passionate enthusiasm love | favorite always fascinated obsessed hobby
obsessed addicted hooked obsession addiction | stop every day binge
jealous envy envious jealousy | wish had mine
guilty guilt ashamed shame regret remorse | should sorry fault
embarrassed embarrassing awkward humiliated | red face everyone laughed mortified
frustrated frustrating annoyed annoying irritated irritating bother nuisance | noise again late broken stupid
disappointed disappointment | hoped expected cancelled sad
heartbroken devastated crushed | cried lost broke up died
lonely loneliness alone isolated | miss nobody friends
homesick nostalgic nostalgia | miss home remember old days
miss missing longing | gone home away
mourn grieve grief bereavement loss | died funeral passed miss buried
funeral burial cremation memorial wake | died grave coffin ashes cemetery
cemetery grave tomb graveyard | buried flowers visit
depressed depression down blue | sad therapy bed dark
overwhelmed stressed burnout exhausted swamped | work tired too much busy
tired exhausted fatigue weary drained | sleep rest long day
energy energetic lively vigour | tired awake coffee run
relief relieved | finally over worry weight
peace serenity serene tranquil calm tranquility | quiet nature lake meditation water
content satisfied satisfaction fulfilled fulfilling rewarding | happy love proud worth
enjoy enjoyment like love adore fond delight pleasure favourite favorite prefer | fun great best
dislike hate detest loathe despise | stand awful worst terrible
laugh laughter humor humour funny joke hilarious amusing | comedy giggle prank
mood emotion feeling feelings felt react reaction response | happy sad angry cried laughed excited
optimistic hopeful hope positive | better future good
memory memories remember recall reminisce remembrance | childhood old photo days
forget forgot forgotten | left remember slipped
mind brain mental psychological | therapy anxiety stress head
mindfulness meditation meditate breathing | calm yoga minutes morning app
coping unwind relax recharge escape | run walk music bath yoga painting meditation nature reading gym
therapist psychologist counselor counsellor psychiatrist shrink | therapy session talk anxiety
wellness health selfcare | sleep exercise bath massage diet
personality character trait nature temperament | kind funny shy stubborn patient generous calm
stubborn obstinate headstrong | refuse insists
patient patience | wait calm slowly
generous generosity kind kindness caring compassionate compassion empathy | helped gave thoughtful sweet
clumsy | dropped tripped fell broke spilled
lazy | sofa bed nothing
busy hectic occupied | schedule work deadline time
illness disease condition diagnosis ailment disorder sickness | diagnosed doctor symptoms pain chronic treatment tests
symptom symptoms sign | pain fever dizzy rash cough headache tired nausea
pain ache hurt sore | back head knee shoulder tooth stomach painkiller
headache migraine | head dark room pain aspirin
stomach belly digestion stomachache nausea | sick vomit food poisoning ulcer gastritis
back spine | pain disc lift physio
tooth teeth dental dentist | toothache filling crown root canal braces wisdom
eye eyesight vision sight | glasses lenses optician blind cataract
ear hearing deaf | aid tinnitus loud
skin rash eczema | itch cream sunburn red spots
heart cardiac | attack pressure cholesterol pulse surgery
lung asthma breath breathing | inhaler cough smoke
knee leg ankle foot | sprained twisted torn limp physio crutches
arm wrist shoulder elbow hand finger | broke cast sprained sling dislocated
bone fracture fractured | broke cast
crutches wheelchair cane walker | leg knee walk broke
scar stitches wound cut | needle fell blood
burn burned burnt scald | hot oven blister hand
infection virus bacteria infected | fever antibiotics flu covid
cold flu influenza cough | fever nose throat sick bed
fever temperature | sick bed flu hot
covid coronavirus pandemic quarantine lockdown | virus test mask isolated
vaccine vaccination jab shot vaccinated | arm clinic flu
cancer tumor tumour oncology | chemo chemotherapy diagnosed remission biopsy
diabetes diabetic | insulin sugar blood
blood | pressure donate test iron transfusion
physiotherapy physio rehab rehabilitation recovery recover heal healing | exercises knee slowly weeks better surgery
checkup examination scan mri test | doctor results hospital appointment
pharmacy pharmacist chemist drugstore | prescription pills medicine
nurse nursing midwife carer caregiver | hospital ward shift patients
patient patients | hospital ward nurse clinic
vet veterinarian veterinary | dog cat surgery paw vaccination
emergency ambulance | accident hospital called rushed
disability disabled handicap impairment | wheelchair blind deaf
pregnant expecting | baby due
gym fitness workout exercise exercising train | weights treadmill run trainer class muscle lifting yoga
muscle strength strong | weights lift gym
yoga pilates stretching | mat class breathing pose studio
marathon triathlon 10k 5k | run race training finish kilometres miles
athlete athletic sportsman | team training medal competition
football soccer | goal match team league pitch scored
basketball | court hoop game team points
tennis badminton squash | court racket match
baseball softball | bat pitcher game team
golf | course clubs hole
hockey skating skate | ice rink puck
ski skiing snowboard snowboarding | slope mountain snow lift lesson piste
surf surfing | waves board beach wetsuit
dive diving snorkel snorkeling scuba | reef fish sea tank
kayak canoe kayaking canoeing paddle rafting rowing | river lake boat
sail sailing yacht regatta | boat wind harbour
karate judo taekwondo boxing kickboxing aikido | belt dojo punch ring class
gymnastics acrobatics | beam tumbling coach
climb climbing bouldering | wall rope route grade harness summit crag
hike trek trekking backpacking hiking | trail boots summit mountain valley hut tent
cycle cycling cyclist biking | bike ride helmet kilometres pedal
equestrian horseback | stable saddle pony
fish fishing angling | rod lake caught trout boat
hunt hunting | forest deer gun
coach trainer train | team practice players gym
championship tournament cup league final | won team match trophy finals
score goal points result | game match won
injured injury | season torn sprained knee
opponent rival | match beat game
award prize honor honour trophy medal recognition | won ceremony first best winner
scholarship grant funding fellowship stipend | university money awarded research
degree bachelor master doctorate phd diploma | university graduated thesis studied
thesis dissertation essay paper | university professor writing deadline research
subject major field discipline | studied course university biology history law maths
student pupil learner | class school university
classmate | school class
teacher professor lecturer tutor educator | class school taught students lesson
lesson class tutorial workshop seminar course training | learned teacher weekly evening sign up
homework assignment | school due class
grade mark score result | exam test passed
kindergarten preschool nursery daycare | child toddler morning
semester term | university exam class
internship apprenticeship trainee intern placement | company summer learn
career profession vocation occupation | job work become studied counseling engineer nurse teacher
job position role post | work hired manager interview title
apply application candidate | job letter cv resume interview form
interview | job hired questions nervous panel
resume cv | job application
freelance freelancer independent | clients own work
entrepreneur startup founder | own business shop launched opened investors
shop store boutique | opened customers sell counter owner
customer client | shop order sell service
product merchandise goods | sell customers launch line
advertise advertising marketing promote promotion ad campaign | social media customers posters brand
brand logo | design company sponsor
sponsor sponsorship endorsement endorse | deal brand company gear
investor invest investment stock shares | money startup fund savings
profit revenue earnings income | money sold sales business
unemployed jobless | lost job fired search
strike union protest demonstration rally | workers march signs wages
deadline due | project finish late
overtime shift | work hours late
workplace workspace | office desk studio
conference convention congress summit | talk speaker attended badge
network networking contacts | event met people industry
leader leadership lead head captain president chair | team elected group
manage manager management supervise | team boss project
skill talent ability gift knack | good learned talented practice
learn learning study | lessons course trying beginner practise tutorial
beginner novice newbie amateur | started first lessons learn
expert professional specialist | years experience master
experience | years worked tried first
volunteer volunteering charity helping | shelter soup kitchen food bank homeless community kids hospital
homeless homelessness | shelter street food
shelter rescue | dogs cats animals homeless
donate donation contribute contribution fundraise fundraiser fundraising | money charity raised clothes blood cause
cause charity nonprofit organization organisation foundation ngo | help raise support volunteers
community neighborhood local | center group garden members
activist activism advocate advocacy campaigner campaign | rights protest march cause
rights equality justice | march protest law women
protest march demonstration | signs street rights
veteran military army soldier navy | served war base
war conflict | soldier army
immigrate emigrate immigrant emigrated migrant refugee | moved country left visa home
visa passport citizenship permit papers | embassy application travel
government minister mayor politician | elected city election
law legal lawyer | court judge case
crime criminal | police stolen arrest
burglary burglar robbery thief theft | stolen police lock window
jail prison arrested arrest | police crime
church temple mosque synagogue chapel cathedral | pray service sunday choir priest
pray prayer worship spiritual faith belief religious | god church
home residence dwelling accommodation | live house flat moved apartment
house building cottage cabin bungalow villa mansion | roof rooms garden bought built
condo studio loft | rent live
roommate flatmate housemate | share flat kitchen rent
mortgage loan debt credit | bank house pay money
renovate renovation remodel refurbish redecorate restore restoration | kitchen bathroom paint walls tiles floor old
decorate decoration decor decorating | lights paint wall cushions candles
paint wallpaper | walls colour room
plumber plumbing leak pipe | water bathroom kitchen tap flooded
electrician electricity power | lights wires socket outage
heating boiler radiator heater | cold winter broke
roof attic loft ceiling | leak rain
basement cellar | flooded storage stairs
bathroom shower toilet bathtub | tiles water
lounge | sofa couch fireplace tv
balcony terrace porch patio veranda | plants chairs sun
fence gate | garden neighbour
garage shed workshop | car tools bike
tool tools | hammer drill saw wrench screwdriver
furniture | table chair sofa shelf desk wardrobe ikea
bed mattress pillow blanket | sleep
appliance fridge refrigerator dishwasher oven microwave | broke kitchen new
clean cleaning tidy declutter chores housework | dishes laundry vacuum dust mess
laundry wash washing | clothes machine iron
dirt dirty mess messy untidy | clean mud
rubbish garbage trash waste litter | bin recycle throw
garden gardening gardener allotment | plants vegetables flowers seeds soil tomatoes roses compost weeds
vegetable vegetables veg | tomatoes carrots potatoes beans peas lettuce cucumber courgette zucchini pumpkin onion garlic cabbage
fruit fruits | apple pear banana orange cherry strawberry raspberry blueberry grape peach plum mango lemon melon fig
berry berries | strawberry raspberry blueberry blackberry
herb herbs spice spices | basil mint rosemary thyme parsley pepper cinnamon ginger
nut nuts | almond walnut peanut hazelnut
meat | beef pork chicken lamb steak sausage bacon ham turkey
seafood fish | salmon tuna shrimp prawn crab lobster oyster cod
dairy milk cheese | yogurt butter cream lactose
snack snacks | chips crisps popcorn nuts chocolate cookies
sweet sweets candy dessert treat | chocolate cake ice cream cookie pudding pie
gelato sorbet | vanilla chocolate scoop
breakfast brunch | eggs pancakes toast coffee cereal
lunch | sandwich soup noon salad
soup stew broth | pot vegetables
pasta noodles | spaghetti lasagna sauce italian
cuisine | italian thai indian mexican japanese chinese french korean
baker bakery baking | bread cake oven dough
barbecue bbq grill | burgers sausages garden
ingredient ingredients | flour sugar recipe egg
taste flavor flavour delicious tasty yummy | sweet spicy salty
spicy hot | chili pepper curry
hungry hunger starving | eat food
vegetarian vegan | meat tofu
drink beverage | coffee tea juice wine beer cocktail water smoothie lemonade
alcohol booze | wine beer whisky gin drunk sober bar
drunk hangover | wine beer party
bar pub tavern | beer drink wine evening
cafe coffeehouse | latte cake barista
chef cook | restaurant kitchen dishes
waiter waitress server | restaurant table tip
reservation reserve book booking | table hotel tickets
clothing outfit garment apparel wardrobe | dress shirt jacket jeans coat sweater
dress gown | wedding silk wear
fashion style trend | clothes designer dress
hair haircut hairstyle hairdresser barber | cut dyed short curls blond fringe
makeup cosmetics | lipstick nails
tattoo piercing ink | arm ankle
glasses spectacles | eyes lenses reading
bag backpack handbag purse suitcase luggage | packed lost carry
wallet | money lost cards
shopping mall purchase buy item | bought store sale new got
online internet web website | ordered site delivery
order delivery deliver parcel package | arrived post box
sale discount bargain cheap | price half off
expensive costly pricey | cost price money
thrift vintage used antique | bought market old found
save saving savings | money bank budget
bill bills invoice fee | pay money rent
tax taxes | money form return
lottery gamble gambling bet casino | won money lost
rich wealthy wealth | money
poor poverty broke | money
trip travel journey voyage getaway excursion outing tour | went visited weekend flew drove train days
vacation holiday holidays break leave | beach week trip off hotel
destination | travel visit trip place
abroad overseas foreign | moved country travel semester
roadtrip | drive drove car miles
flight airplane aeroplane aircraft jet | airport flew landing delayed
airport | flight plane gate landed
train railway | station tracks seat
cruise | ship sea cabin
tourist sightseeing landmark monument attraction sights | visited tower castle bridge museum statue
souvenir keepsake memento token reminder | brought back magnet trip keep
postcard | sent card trip
map guide route | way lost
luggage suitcase pack packing | trip bags
tent campsite campground camping | fire sleeping bag woods lake stars
campfire bonfire | marshmallows stories songs
guesthouse hostel inn | stayed night room
scenery landscape view panorama vista | mountain lake sunset beautiful top
sunset sunrise dusk dawn | sky beach colours
lake pond river stream | water swim boat fish bank
waterfall | water hike pool
ocean sea | waves beach shore
desert dunes | sand hot
forest woods woodland jungle | trees walk trail
park reserve | trees trail walk ducks
cave canyon cliff valley | rock hike
volcano earthquake tsunami | eruption lava shake
flood flooding flooded | water basement rain river
fire blaze wildfire | burned smoke evacuated firefighters
storm hurricane tornado blizzard | wind damage power snow trees
drought heatwave heat | hot dry summer
weather climate | rain sun snow storm wind cold hot
cold freezing chilly frost | winter snow ice coat
sky star stars stargazing astronomy | telescope moon meteor planet constellation comet
moon planet | telescope sky eclipse
season | spring summer autumn winter
nature wildlife outdoors | animals birds forest deer trail
recycle sustainability sustainable eco environment pollution | plastic waste green climate compost
wildlife | deer fox bear owl wolf
insect bug insects | bee wasp ant mosquito butterfly spider
bee beekeeping beekeeper hive | honey swarm
chicken hen hens chickens rooster | eggs coop
cow cattle livestock | milk farm calf barn
sheep goat lamb | wool farm
farm farmer farming ranch agriculture | field cows tractor harvest barn crop animals
harvest crop | field apples farm pick
pet animal companion | dog cat puppy kitten rabbit hamster parrot fish snake vet
reptile | snake lizard turtle gecko iguana tortoise
fish goldfish aquarium | tank
walk stroll wander | dog park evening
leash collar | dog walk
name named called naming | puppy kitten baby
toy toys | doll lego ball teddy puzzle train
doll teddy plush | toy child
playground | swing slide kids park
puzzle jigsaw crossword sudoku | pieces game
boardgame | chess monopoly catan cards dice evening
videogame gaming gamer console | xbox playstation nintendo switch level controller pc zelda
chess | board club opponent opening
cards poker | game bluff deck
magic trick magician | cards rabbit show
music musical musician | band song concert play instrument
guitar | strings chords play acoustic
piano keyboard | keys play lessons
violin cello viola fiddle | bow orchestra strings
drum drums drummer percussion | sticks beat band
flute clarinet saxophone trumpet trombone | play band breath
choir chorus sing singer vocal | voice song rehearsal
orchestra symphony classical | violin conductor concert
band group | guitar drums gig songs album
album record single vinyl | songs band music release
composer compose songwriter songwriting | song piece melody wrote
lyrics lyric | song wrote words
concert gig performance live | band stage tickets singer crowd
perform performance performer stage | audience show play concert nervous
audience crowd | stage clapped show
theater theatre play drama musical | stage actor role rehearsal audience
actor actress cast acting | role film play theatre
opera ballet | stage singer dancer tickets
comedy comedian | laugh jokes stage
dance dancer choreography | ballet salsa tango studio class recital
festival fair carnival | music food stalls weekend
circus clown | tent
movie film flick | cinema watched director ending actor
documentary | watched film about
cartoon animation anime animated | film watched kids
horror thriller scary | film book ghost
fantasy | book film dragons wizard
series show sitcom | episode season binge watched netflix
podcast radio | episode listen host
book novel literature fiction | read author story chapter
author novelist writer | book wrote
poem poetry poet poems | write verse read
story tale storytelling | told wrote kids
myth legend | story
magazine newspaper article column | wrote read published
publish publication publisher published | book article story magazine
blog vlog youtube channel | post video followers online
journal diary journaling notebook | write every night
write writing writer | novel poem blog screenplay script draft
screenplay script screenwriting | film wrote scene
translate translation translator interpreter | language book
language speak fluent bilingual | spanish french german english lessons
library librarian bookstore bookshop | books read
art artwork artist artistic creative creativity | painting drawing sculpture pottery gallery exhibition
draw drawing sketch sketching doodle | pencil charcoal paper portrait
paint painter painting | watercolor oil acrylic canvas brush landscape portrait abstract
sculpture sculptor statue carve carving | stone clay wood
pottery ceramics ceramic potter clay | bowl mug vase glaze kiln wheel plate
photography photographer photo photograph picture snapshot image | camera lens shot took
exhibition exhibit gallery show | paintings opened artist hang
design designer | logo interior graphic draw
knit knitting crochet | wool yarn scarf sweater needles
sew sewing quilt embroidery | fabric machine dress stitch
woodwork woodworking carpentry carpenter | wood bench table shelf workshop saw
craft handicraft diy handmade homemade | made knitting sewing pottery candles jewelry
jewellery jewelry | necklace ring bracelet earrings pendant
necklace pendant chain locket | wear neck grandmother gift
ring | finger engagement wedding gold
symbol symbolize symbolise represent represents meaning mean significance significant | reminds strength love freedom means
collection collect collector hoard | stamps coins records books figurines shelf
museum | exhibition art history visited paintings
history historical historic | museum castle old century
archaeology excavation dig | ruins bones pottery
science scientist | lab experiment physics biology chemistry
experiment laboratory lab | science test
invent invention inventor | machine idea built
technology tech gadget gadgets device electronics | phone laptop tablet smartwatch computer headphones drone robot camera
robot robotics drone | built club fly
computer pc laptop | screen keyboard crashed new
phone smartphone | call screen number dropped
app application software | developed phone download built
program programming coding code developer | app software python javascript bug
website site web page | built online launched
internet wifi | connection router online
instagram facebook twitter tiktok | post followers photo online
message text texting | sent phone wrote
email mail | sent inbox wrote
call phone ring | talked video zoom
video film record recording | youtube camera watch
password login | account
ai | model robot
car automobile vehicle | drove garage engine bought tyre
motorbike motorcycle scooter moped | ride helmet engine
license licence | test drive passed
drive driving driver | car road
accident crash collision | car hit hurt insurance
breakdown | car engine tow mechanic
mechanic garage | car repair engine
traffic jam congestion | car road stuck late
parking park | car ticket
bus coach tram | stop ride
commute | train bus bike office minutes
celebrate celebration celebrating occasion | party birthday anniversary cake champagne dinner
birthday | cake party turned candles present
anniversary | years married dinner celebrate
wedding marriage ceremony | bride groom guests dress vows church
baptism christening | baby church godmother
graduation graduate | ceremony degree gown hat
christmas | tree presents lights december eve
easter | eggs bunny
halloween | costume pumpkin candy
thanksgiving | turkey family
costume cosplay | halloween party wore
fireworks | new year july
newyear | resolution midnight party
resolution | year goal
tradition ritual | every year family always
culture cultural heritage | traditions food language roots
gift present | gave birthday bought wrapped surprise
surprise surprised unexpected | secret party suddenly
flower flowers bouquet | roses tulips sunflowers lilies vase
candle candles | light scent
card | birthday wrote post
event occasion happening function | party concert festival wedding conference race parade meeting show
attend participate join partake | went joined signed event meeting class
join member membership | club group team signed
organize organise host hold arrange | party event fundraiser planned dinner
invite invitation | party wedding guest
visit visitor guest | came stayed weekend
leave depart departure | left went
arrive arrival | came landed got
return | back home again
wait | weeks queue
late delay delayed | train missed
early | morning
schedule appointment calendar | meeting date time
cancel canceled cancelled postpone postponed | rain ill instead plans moved
change switch | new instead different now
begin start commence | first started began new
finish complete end conclude | done finally over last
continue keep | still again
stop quit cease | no longer anymore stopped
try attempt | tried first test
new recent latest | just bought got
plan planning intend prepare preparation | going next will want
decide decision choose choice opt | made up going chose
consider contemplate | maybe might thinking
suggest suggestion recommend recommendation propose advice advise tip | should try told
agree consent | yes okay
disagree argue dispute quarrel | fight no
believe opinion think view | feel
realize realise understand learn discover | noticed found never knew
explain describe | told
teach show | lessons kids class
create make produce craft build | made built wrote painted designed
build construct construction | built wood house shed
repair fix mend restore | broken mechanic tools
break damage destroy ruin damaged destroyed smash | broke crack fell fire flood
lose lost misplace | gone find keys
find discover stumble | found
steal | stolen thief gone
discard | threw sold gave
drop spill | fell floor broke
fall trip slip stumble | fell ice stairs hurt
carry bring take | brought
push pull
open launch inaugurate | opened shop new
close shut | closed shop
receive get | got letter gift
send ship | sent parcel letter
borrow lend loan | back gave
share | together told
own possess have belong | mine bought got
hide secret | hid behind under
watch observe spot see | saw looked birds
birdwatching birding ornithology | birds binoculars owl
listen hear | music podcast
speak | talk
smell scent odor odour perfume | flowers nose
sound noise loud | heard night
dream nightmare | sleep night
wake woke | morning early alarm
nap rest sleep | tired bed
grow growth | grew plants taller
size large big huge enormous | tall
small tiny little
beautiful pretty gorgeous lovely stunning | view
ugly horrible awful terrible | worst
strange weird odd unusual | funny
dangerous danger risky unsafe | risk careful
safe safety security | helmet lock
healthy healthier | vegetables exercise weight sugar
diet eating | kilos sugar salad weight
weight heavy overweight | kilos pounds diet gym
alive survive survivor survived | cancer accident
quantity amount number | two three four five six seven eight nine ten dozen several
distance far | kilometres miles
duration | years months weeks days hours since
frequency often | every daily weekly twice once monthly
annual yearly | every year
daily everyday | every day morning
weekly | every week saturdays sundays mondays
weekend | saturday sunday
evening night | tonight dinner
nationality origin homeland birthplace | born grew from moved roots home
accent dialect | speak from
age birthday | years old turned
height tall short | metres
look looks appearance | hair tall eyes beard
beard moustache | shave
type kind sort breed | mixed
breed | labrador poodle terrier beagle husky collie shepherd retriever greyhound dachshund siamese persian
shelter | dogs cats adopted
similar common same both shared | too also me
difference different
interests pastimes hobbies | into love enjoy
outdoor outdoorsy | hiking camping trail lake climbing
artist creator maker | painting sculpture pottery
item object thing stuff | bought got found
material | wood metal clay wool leather
color colour shade hue paint | red blue green yellow
pattern | stripes dots
nickname | called
title heading | book called film
slogan motto quote saying | words
lesson moral | learned
message moral theme topic subject | about
rule rules | must allowed
habit routine | every morning daily always
challenge dare bet | days
adventure thrill adrenaline | climb jump trip wild
skydiving paragliding bungee parachute | jump plane
zoo aquarium safari | animals lions elephants
spa massage sauna | relax hot
thermal bath | water
nightlife club nightclub disco | dance
teamwork cooperation collaborate collaboration together | project team joint
partner collaborator | business together
housewarming | party new flat
karaoke | stage sing song
group | meeting share
transition transform transformation | change became
independence independent freedom free | own alone
lgbt gay lesbian bisexual transgender queer | pride out
justice fair unfair
immune allergy allergic intolerance intolerant | peanuts nuts gluten lactose pollen cats hives
disaster catastrophe | flood fire earthquake hurricane storm
rescue save | saved
competition compete contest | won race tournament entered judges
scrapbook | pictures memories
sabbatical leave | months work
retire pension | stop work
promotion promote | manager boss new role
wage pay raise
bartender barista | bar cafe drinks
cop detective | police
firefighter fireman | fire
pilot | plane fly
musician guitarist pianist drummer violinist singer | band play
engineer engineering | bridge machine built
architect architecture | building design
lawyer attorney solicitor | law court
accountant accounting bookkeeping | taxes numbers
journalist reporter | newspaper article
scientist researcher | lab research
psychology psychologist | therapy mind
salesperson salesman sales | sell shop
accident mishap misfortune | fell broke crashed spilled hurt dropped burned
acquire obtain purchase get | bought got found picked collected
actual real true
adapt adjust settle cope | new used different
administrator administration clerk secretary | office forms
advance progress improve improvement improving better | faster stronger finished week level
affect impact effect influence | because made changed
afford budget | money cheap expensive save pay
agency company
aid assist assistance help | helped carried gave lent
ailing unwell ill sick poorly | fever cough bed vet doctor
aircraft plane helicopter | fly pilot
amount sum total quantity | pounds euros dollars hundred thousand
announce announcement reveal disclose tell | news told said
annoying irritating bothersome | noise always again
anxious worried | nervous sleep
appliance machine equipment device | broke bought new
approve approval permission consent | yes agreed allowed
arrange organise organize | booked planned invited
arrival arrive | landed came got
assignment task duty responsibility | job report charge
athletics running | track race sprint
attempt try effort | tried first again
attire outfit costume clothing | wore dress suit
attic loft | boxes roof
author novelist | novels books wrote read
award prize | won jury ceremony shortlisted
background origin upbringing heritage | grew born parents family from
bake baking | cake bread oven sourdough loaf dough flour muffins cookies scones
bathe bath swim
battle fight struggle
beach seaside shore coast | sand waves sea
beloved favourite favorite dear | love
beverage drink | tea coffee juice beer wine cider
bird birds | owl robin heron gull puffin parrot crow eagle swan duck goose hen
blossom bloom flower | spring petals buds
boss employer manager supervisor | office meeting
bother trouble disturb annoy | noise
bouquet flowers | roses tulips vase
bride wedding | dress groom
broadcast radio television | interview aired programme
broken faulty defective malfunction | stopped working repair died
building structure | tower house church roof
buy purchase acquire | bought ordered paid
cab taxi | ride driver
camera photography | lens pictures
campus university | students
capital city
career profession | job work promoted studied train
carpenter joiner woodworker | wood table
celebrity famous star | actor singer
ceremony ritual | vows church speech
challenge difficulty | hard struggled
chance opportunity possibility | offer offered could
charge bill cost fee price | pounds euros dollars paid
chat talk conversation | call phone
cheerful happy merry | smile laugh singing
chef cook | kitchen restaurant dish
childcare nursery kindergarten babysitter | kids pick
childhood youth young | kid grew school boy girl used remember
choice option decision | chose picked decided
chore household task | dishes laundry hoover vacuum clean
chronic lasting permanent
circle club group | meets members monthly
classical orchestra | mozart bach beethoven concert
cleaner cleaning | dust mop
clever smart intelligent bright | quick
climate weather | rain hot cold
coach trainer instructor | taught training
coastal sea
collaborate collaboration cooperate jointly | together team with project
colleague workmate coworker | office team work
comfort console reassure | hug calm
commission order | asked paid made
communicate contact touch | call write message letter email
company firm business employer | office hired
compete competition contest rival | race won place medal judges finals
complaint symptom | pain ache sore
complete completed finish finished | done last final
component part piece
composition piece tune melody | wrote
videogame | played level console
concerned worried | anxious
condition illness state | diagnosed
confess admit reveal | told secret
conflict disagreement argument quarrel | fight angry shouting row
congratulate congratulations | well done proud
consequence result outcome | because so
consult ask | doctor advice
contribute give | donated helped
convalesce recuperate recover recovery | rest weeks better bed
convince persuade | finally agreed
costume outfit | wore dressed halloween
countryside rural village | fields farm cows lane
couple pair partners | married together
course class training | evening lessons teacher certificate
create make design invent | made built drew
creature animal
crew team staff
crisis emergency
crop harvest | field wheat potatoes apples
cry weep sob tears | cried sad
cuisine food dish | cooked curry noodles
cure treat treatment therapy remedy | pills cream surgery exercises doctor
current present now | these days
customer client buyer | ordered bought
damage harm | broke cracked flooded burnt torn
daily routine | morning
daring brave
date day time | monday tuesday wednesday thursday friday saturday sunday
deadline | friday submit hand
debt owe loan | borrowed paid
debut premiere first | launch opening
deceased dead late | died passed funeral
decline refuse reject | no
decorate ornament adorn | painted lights hung
defeat beat win lose | match
delay postpone late | waited weeks moved
delicacy treat | chocolate cheese
deliver delivery handover | brought handed van
demanding tough hard | exhausting
depart leave departure | left train gone
describe depict portray | like looks
desert abandon leave
desire want wish | hope dream
device gadget machine | phone tablet
diagnose diagnosis | doctor says test
diner restaurant
direction way
disappear vanish missing lost | gone find escaped
discover find learn | turned out noticed
discuss talk | told call
disease condition
dish meal recipe | cooked soup curry pie stew
dismiss fire redundant redundancy laid | job lost cut notice
display show exhibit | window hung shelf
distant far remote
district neighbourhood area
document paper form | signed wrote filled
domestic home
doubt unsure uncertain hesitate | maybe not sure
draft manuscript | wrote chapter pages
drama theatre
dwelling home | flat house
dawn | six five
earn income wage | paid salary
educate education teach | school
elderly old | ninety eighty grandmother grandfather
elect vote | chosen mayor
embark begin start
emotional moved touching | cried tears
employ hire job | work working pays
encounter meet | met ran into
engaged engagement betrothed | ring asked yes proposed knee
enrol enroll enrolled register | course class joined started
entertain amuse fun | laugh
entire whole
environment surroundings
equipment gear kit | boots rope helmet tent
escape flee | got out
establish found open | started launched
estate property land | house
evaluate assess judge
eventually finally
evidence proof
exam test assessment | passed failed revision
excursion outing daytrip | went visited drove
exercise workout | run swim gym yoga
exhausted | tired
exhibit exhibition gallery | opening paintings show wall
expand grow extend extension | bigger second new
expense cost | pounds paid
explore discover | wandered walked
express show say
relatives | cousin aunt
faith belief | church mosque prayer
fall autumn
fame famous
fan admirer supporter | love team
farewell goodbye leaving | party last
farmland farm | fields
fatigue tiredness | tired
fault mistake error blame | wrong typo
feature function option part | added button
feedback response review | said liked comments
female woman girl lady
fiction novel
figure number
director filmmaker
finance fund pay | loan sold saved borrowed money
initial first debut
fit healthy
fitness training exercise | run gym 5k 10k weights
fix repair solve | mended sorted patched
flavour flavor taste | vanilla chocolate lemon
folk people
following next after | then later
footwear shoes boots | trainers sandals
foreign abroad overseas | country language
forecast predict prediction | weather
former previous ex old | used before
found establish | started
fragile delicate
freelance contractor | hired paid clients
furry pet
future ahead upcoming | next plan will
gain get earn win | got
gathering party | friends dinner
present | gave made bought sent
glad happy
goal aim | want
gown dress
grave burial buried bury laid rest | under tree cemetery funeral
greet welcome
guardian parent
guess suppose
guest visitor | stay room
habitat home
handicraft craft | knit sew
handle manage
happen occur | was
harbor harbour port | boats
harm hurt injure
hate dislike | stand awful
hazard danger risk
heal recover | better scar
heir inherit
hesitate doubt
hire employ recruit rent | pay
hobby pastime interest | weekends evenings started
cottage | rented
homeland motherland origin country | born grandmother roots
host presenter
household home family
housing home rent | flat
humorous funny
hurdle obstacle
husband spouse | married wedding
idea concept notion thought | plan
identify recognise recognize spot
image picture photo | showing
imagine picture dream
immediately soon
implement tool
impressed admire
improve improvement | better
incident event accident | happened
income earnings | salary paid
increase rise raise more | extra double
independent solo alone | own
indicate show mean
inform tell | told called emailed rang
inhabit live
initial first beginning
injure injury wound hurt | cut broke sprained burned bitten stitches
inn pub hotel
inquire ask
install fit | new
instruct teach
instructor teacher | lessons class
insurance insurer claim | paid
intend plan mean | going will
interior indoors inside
interview interviewed | questions panel
introduce meet
invention device
investigate research
item object
journey trip | travelled drove train
keen enthusiastic
knowledge know | learned
label tag
laboratory lab
lack without missing | no
lad boy
lady woman
large big
launch release publish open | out live
leader head chief | runs
legal lawyer solicitor | contract court
leisure pastime | weekends hobby
lend borrow loan | lent
lengthy long
likely probably
liquid water
litter rubbish | puppies kittens
livelihood living job | earn
locate find
lodger tenant roommate | rent room
lodging accommodation | stayed hotel hostel cottage
lorry truck van
luck lucky fortunate | won
lyricist songwriter
main chief principal mostly mainly | most
male man boy
manufacture produce make | made factory
mark celebrate
marital marriage | married husband wife
market stall fair | sold craft saturday
mate friend
matter problem issue wrong
meal food dinner lunch | ate cooked
measure size
medic doctor paramedic nurse
melody tune
merry happy
minor small
misbehave naughty | stole ate chewed
mission aim
mistaken wrong error mistake | typo forgot
modify change
monument statue
motive motivation reason | because
move relocate moving relocation | boxes flat house new van
murder kill
mystery puzzle secret
nanny babysitter
nap sleep
nation country
nationality origin | dutch german french spanish italian english welsh scottish irish american polish indian chinese japanese
native born
neighbour neighbor | street fence
nights overnight | work hospital late
noisy loud
notice see
novel fiction | read chapter
number digits
nursery plants kindergarten
nutrition food
observe watch
obstacle problem
occasion event
occupation job trade | works
odd strange
offer proposal deal | contract sign publisher
offspring child children | son daughter
opportunity chance | offered
oppose against
optician glasses
oral mouth
ordeal trouble
order request | asked wants
origin background
outcome result | won passed got
overcome beat
overnight night
owner own has | mine
painful hurt
parcel package
parenthood parent
participate part | joined ran entered
partner spouse boyfriend girlfriend husband wife
passing death
pastry cake | croissant pie
path trail
pause break rest
payment pay
peak summit mountain
performer singer actor | stage
period time
permit allow | let
persuade convince
physical body
pill tablet
pitch field
plead ask
pleased happy glad
plot story
poisoning sick
pond lake
popular famous
portrait painting
position job
possess own
postpone delay
pot bowl jar mug vase | clay
precious valuable
prefer like rather favourite | best better
preparation prepare ready | practise pack
prescription medicine | glasses
presentation talk | slides
preserve keep jam
pressure stress
prevent stop avoid
previous earlier
primary main
private secret
problem difficulty fault | broke wrong
proceed go
product goods | sell
profession job | works nurse teacher engineer
profit money
programme show course
progress development develop | week better further
prohibit forbid ban | allowed
pronounce say
property house
proposal propose engaged
protect guard
prove show
provide give
pub bar
publication book
publisher publish | book deal
pupil student learner | teach lessons
purchase bought
pursue follow | studying trying
quarrel row argue
question ask
quick fast
quiet silent
race run | finish medal
racket noise
raise increase
rare unusual
reach arrive
reaction react response respond | said laughed cried surprised
read reading | book pages chapter finished
rearrange move change
rebuild repair
recall remember
recipe cook
recommend suggest | should try read watch
record album time
recreation leisure
recruit hire
reduce cut less
referral doctor
refuge shelter
refund money
refurbish renovate
region area
regret sorry
rehearse practise rehearsal | choir play
relation relative
relative family
release launch | came out
relocate move | moved
remedy cure
remote far
remove delete | struck cut
renowned famous
replace replacement swap | new instead
report tell
reptile gecko
request ask | wants
require need
reserve book
resident live
resolve solve
restart again
restaurant eat
retailer shop
retrieve get
return back
reunite meet
reveal tell
revise change study
reward prize
ride drive
risk danger
road street
role part job
romance love
row argument
rural countryside
rush hurry
sale sell
sanctuary shelter
scare fear
schedule plan
scheme plan
scholar student
search look
season series
seek look
seldom rarely
select choose
senior old
separate split divorce
series show
severe bad
shelter house
shift work | nights
shortage lack
shortlist award
shy quiet
sibling brother sister
sightsee tour
signature sign
silly funny
singer sing
single unmarried
site place
skilled good
slim thin
snack food
soil earth
solicitor lawyer
solution fix
soothe calm
source origin
species kind animal
spectator audience
spend pay
spouse husband wife
stage theatre
startup company
state condition
station train
still yet
storm weather
storey floor
stranger unknown
strength power
studio workshop
stuff things
style kind
submit send | sent handed in
substitute replace
suburb area
success win
suffer pain | ill had
suggest tell
suit fit
sum money
supply give
surgery operation | hospital hip knee scar stitches
surname name
surroundings place
survey ask
suspect think
sweetheart girlfriend boyfriend
tale story
talent gift
taxi car
technique way
technology computer
tenant rent
terrible awful
thief steal | stole
thrill excite
ticket entry
toddler child
tool equipment
topic subject
tournament competition
tradition custom
trainee student
transport transportation travel vehicle | train bus car plane ferry bike van boat drove flew
treatment therapy
trophy prize
truck lorry
trust believe
tuition lessons
tune song
tutor teach | pupil lessons
ultimately finally
undergo have
undertake do
uneasy nervous
unexpected surprise
unhappy sad
uniform clothes
unwell sick
upset sad
urban city
usual normal
vacant empty
value worth
various different
vast big
vehicle car
venue hall place | held
verdict result
victory win
vision eye
vocation job
volunteer unpaid
vote elect
voyage trip
wage pay
ward hospital
warn warning | careful sign
wealth money
weird strange
wellness health
widow husband died
wildlife animals
wound injury
yearn want
youth young
`;
