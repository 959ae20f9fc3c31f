/**
 * What is of a kind: before the colon the kind, by a word of `thesaurus-data.ts`; behind it things of that kind, base forms, folded. A
 * memory that names one is found by the name of the kind. General knowledge, as an encyclopedia's index would have it; countries and
 * languages are in `names-data.ts`.
 */
export const KINDS = `
city: paris london rome berlin madrid vienna wien prague budapest warsaw lisbon lisboa dublin edinburgh glasgow manchester liverpool
  oxford cambridge barcelona seville sevilla valencia milan milano florence firenze venice venezia naples napoli turin munich munchen hamburg
  cologne koln frankfurt stuttgart leipzig dresden zurich geneva basel bern brussels bruxelles antwerp amsterdam rotterdam utrecht copenhagen stockholm
  gothenburg oslo bergen helsinki reykjavik athens istanbul ankara moscow kyiv kiev tallinn riga vilnius krakow gdansk bucharest sofia
  belgrade zagreb ljubljana sarajevo split dubrovnik lyon marseille nice bordeaux toulouse nantes lille strasbourg porto malaga granada bilbao
  boston chicago seattle portland denver austin dallas houston atlanta miami philadelphia detroit minneapolis nashville phoenix vegas sacramento
  toronto montreal vancouver ottawa calgary quebec havana bogota lima quito santiago caracas montevideo cairo casablanca marrakech tunis nairobi lagos accra
  addis johannesburg dubai doha riyadh jerusalem haifa beirut amman baghdad tehran delhi mumbai bangalore kolkata chennai kathmandu dhaka karachi lahore
  bangkok hanoi saigon singapore jakarta manila taipei seoul busan tokyo kyoto osaka hiroshima sapporo beijing shanghai hangzhou shenzhen sydney melbourne
  brisbane perth adelaide auckland wellington honolulu orlando pittsburgh cleveland baltimore charlotte tampa oaxaca cancun guadalajara salvador medellin cartagena
island: sicily sardinia corsica crete rhodes mykonos santorini corfu malta cyprus mallorca ibiza menorca tenerife madeira azores bali java
  sumatra lombok hawaii maui oahu kauai jamaica cuba barbados bermuda iceland greenland tasmania fiji tahiti samoa maldives mauritius zanzibar madagascar seychelles
  okinawa hokkaido capri elba sylt rugen gotland skye orkney shetland jersey guernsey galapagos
sport: football soccer basketball baseball softball volleyball handball rugby cricket hockey lacrosse golf tennis badminton squash
  pingpong racquetball swimming diving snorkeling scuba surfing windsurfing kitesurfing paddleboarding rowing canoeing kayaking rafting sailing polo skiing
  snowboarding skating curling sledding bobsleigh biathlon gymnastics trampoline yoga pilates zumba aerobics crossfit weightlifting powerlifting bodybuilding
  boxing kickboxing wrestling judo karate taekwondo aikido jiujitsu fencing archery climbing bouldering mountaineering hiking running jogging marathon triathlon
  sprinting hurdles javelin cycling biking skateboarding parkour equestrian riding dressage motocross karting darts billiards snooker bowling frisbee
  orienteering paragliding skydiving bungee fussball schwimmen turnen reiten rudern klettern fechten ringen futbol baloncesto natacion ciclismo
  escalada natation cyclisme escalade equitation calcio nuoto pallavolo ciclismo
instrument: guitar ukulele banjo mandolin lute harp violin viola cello fiddle bass piano keyboard organ accordion harmonica
  flute piccolo clarinet oboe bassoon saxophone trumpet trombone tuba horn bagpipes recorder drum drums cymbals tambourine xylophone marimba bongos cajon
  sitar tabla erhu koto shamisen zither dulcimer synthesizer gitarre geige klavier flote trompete schlagzeug guitarra violin bateria guitare violon chitarra pianoforte violino
animal: dog cat puppy kitten horse pony donkey cow bull calf pig sheep lamb goat chicken rooster hen duck goose turkey rabbit bunny hamster
  gerbil guinea mouse rat squirrel chipmunk hedgehog ferret fox wolf bear deer moose elk bison buffalo lion tiger leopard cheetah panther jaguar
  lynx elephant giraffe zebra rhino hippo monkey gorilla chimpanzee orangutan lemur kangaroo koala wombat panda raccoon skunk badger otter beaver
  mole bat seal walrus dolphin whale shark octopus squid crab lobster fish salmon trout goldfish eel turtle tortoise lizard gecko iguana chameleon
  snake python crocodile alligator frog toad newt salamander parrot budgie canary cockatoo owl eagle hawk falcon heron stork crane swan pelican penguin
  pigeon dove crow raven magpie robin sparrow swallow woodpecker peacock flamingo ostrich butterfly moth bee wasp ant beetle ladybug spider scorpion
  snail slug worm jellyfish llama alpaca camel dinosaur hund katze pferd kuh schwein schaf ziege hase vogel perro gato caballo chien chat cheval cane gatto cavallo
pet: dog cat puppy kitten rabbit bunny hamster gerbil guinea parrot budgie canary goldfish turtle tortoise gecko iguana snake ferret hund katze
  kater welpe perro gato chien chat cane gatto
food: bread sourdough baguette bagel toast sandwich burger hamburger hotdog pizza pasta spaghetti lasagna lasagne ravioli gnocchi carbonara
  risotto paella noodles ramen udon soba pho pad rice fried sushi sashimi tempura dumplings gyoza dimsum curry masala biryani tikka naan samosa tacos taco burrito
  enchiladas quesadilla nachos fajitas tamales guacamole hummus falafel kebab shawarma gyros moussaka tabbouleh couscous tagine soup stew goulash chili chowder
  borscht broth salad coleslaw omelette omelet frittata quiche casserole gratin roast steak schnitzel meatballs meatloaf sausage bratwurst bacon ham chicken
  turkey duck beef pork lamb fish salmon tuna cod shrimp prawns lobster crab oysters mussels tofu tempeh beans lentils chickpeas cheese cheddar mozzarella
  yogurt eggs pancakes waffles crepes porridge oatmeal granola cereal muesli potatoes fries chips dumpling pierogi kimchi bibimbap bulgogi ceviche empanadas arepas poutine
  fondue raclette spaetzle ratatouille bouillabaisse cassoulet pie tart cake cupcakes cheesecake brownies cookies biscuits muffins scones donuts croissant pastry
  strudel pudding custard tiramisu gelato icecream chocolate candy fudge caramel jam marmalade honey pickles kuchen brot suppe nudeln sopa arroz pollo pain fromage poulet riso zuppa
fruit: apple pear peach plum apricot cherry cherries grape grapes strawberry strawberries raspberry raspberries blueberry blueberries blackberry
  cranberry banana orange lemon lime grapefruit mandarin tangerine mango papaya pineapple kiwi melon watermelon pomegranate fig date coconut quince rhubarb
vegetable: tomato tomatoes potato carrot carrots onion garlic leek cabbage cauliflower broccoli kale spinach lettuce cucumber zucchini courgette pumpkin squash
  eggplant aubergine pepper peppers chili chillies celery asparagus artichoke beetroot beets radish turnip peas beans corn mushroom mushrooms
drink: coffee espresso cappuccino latte tea matcha chai cocoa juice lemonade smoothie milkshake soda cola water milk kombucha beer ale lager stout cider
  wine champagne prosecco whisky whiskey vodka gin rum tequila brandy cognac liqueur cocktail mojito margarita martini sangria sake mead kaffee tee bier wein
  cafe cerveza vino vin biere birra
job: teacher professor lecturer tutor nurse doctor surgeon physician dentist veterinarian vet pharmacist paramedic therapist psychologist psychiatrist
  counselor counsellor midwife caregiver engineer programmer developer scientist researcher biologist chemist physicist geologist astronomer mathematician statistician
  analyst accountant auditor banker broker economist lawyer attorney judge paralegal notary journalist reporter editor author writer poet translator interpreter librarian
  archivist curator historian artist painter sculptor illustrator designer photographer filmmaker director producer actor actress comedian dancer choreographer
  musician singer composer conductor dj chef cook baker butcher barista bartender waiter waitress farmer gardener florist fisherman forester ranger carpenter
  joiner plumber electrician mechanic welder roofer bricklayer mason locksmith tailor seamstress shoemaker hairdresser barber beautician architect surveyor
  builder pilot astronaut sailor captain driver trucker courier postman policeman officer detective firefighter soldier guard politician mayor diplomat
  secretary receptionist clerk cashier salesman saleswoman realtor manager consultant entrepreneur cleaner janitor coach trainer referee priest pastor
  rabbi imam lehrer arzt anwalt ingenieur koch kellner maestro medico abogado ingeniero cocinero professeur medecin avocat cuisinier insegnante avvocato cuoco
hobby: painting drawing sketching sculpting pottery ceramics knitting crochet sewing embroidery quilting weaving woodworking carving origami calligraphy
  photography filmmaking writing journaling blogging poetry reading gardening baking cooking brewing fishing hunting birdwatching stargazing astronomy camping hiking
  running swimming cycling climbing surfing skiing dancing singing karaoke acting theatre improv chess gaming videogames puzzles crosswords sudoku collecting stamps coins
  genealogy geocaching foraging beekeeping candles soap scrapbooking jewelry leatherwork volunteering meditation yoga travelling juggling magic malen zeichnen stricken
  nahen lesen garten wandern tanzen singen pintar dibujar leer bailar cantar peindre dessiner jardinage lecture
art: painting drawing sketch sculpture statue mural portrait landscape abstract watercolor watercolour oil acrylic collage mosaic print etching pottery
  ceramics graffiti sunset sunflowers palette canvas easel
game: chess checkers backgammon poker bridge rummy solitaire monopoly scrabble catan risk dominoes mahjong charades bingo nintendo playstation xbox
  minecraft fortnite zelda mario pokemon tetris overwatch valorant dota league sims skyrim cyberpunk quests dungeon dungeons roguelike esports
vehicle: car truck van minivan suv jeep convertible sedan motorbike motorcycle scooter moped bicycle bike tricycle tandem bus coach tram train subway metro
  boat ship yacht ferry canoe kayak plane airplane helicopter glider balloon tractor camper campervan caravan motorhome rv wagon sled prius tesla toyota honda ford
  bmw audi volkswagen mercedes volvo fiat renault peugeot ferrari porsche mustang harley vespa
clothes: shirt tshirt blouse sweater jumper cardigan hoodie jacket coat parka vest suit tie dress gown skirt jeans trousers pants shorts leggings socks tights stockings
  underwear pyjamas pajamas robe swimsuit bikini hat cap beanie scarf gloves mittens belt boots shoes sneakers sandals heels slippers apron uniform kimono sari kilt
jewelry: necklace ring bracelet earrings pendant brooch watch locket tiara anklet
illness: flu cold fever cough migraine headache asthma allergy diabetes cancer arthritis anemia pneumonia bronchitis covid measles chickenpox mumps malaria
  eczema psoriasis insomnia depression anxiety adhd autism dementia alzheimers parkinsons epilepsy stroke gastritis ulcer appendicitis hepatitis anaemia
  concussion fracture sprain hernia tonsillitis sinusitis vertigo tinnitus celiac grippe erkaltung fieber gripe fiebre resfriado rhume fievre
plant: rose tulip lily orchid daisy sunflower dahlia violet lavender jasmine iris poppy peony marigold geranium hydrangea magnolia hibiscus carnation
  daffodil crocus snowdrop lotus oak pine maple birch beech willow cedar fir spruce palm olive bamboo fern ivy moss cactus succulent succulents monstera basil mint
  rosemary thyme parsley cilantro sage herbs tomatoes seedlings
color: red blue green yellow orange purple violet pink brown black white grey gray silver gold beige turquoise teal navy maroon crimson scarlet lilac
  indigo cyan magenta rot blau grun gelb schwarz weiss rojo azul verde amarillo negro blanco rouge bleu vert jaune noir blanc rosso blu giallo nero bianco
family: mother father mom mum dad parents sister brother sibling son daughter grandmother grandma grandfather grandpa aunt uncle cousin nephew niece wife
  husband twins stepfather stepmother stepsister stepbrother godmother godfather
holiday: christmas easter thanksgiving halloween hanukkah passover ramadan eid diwali holi vesak carnival valentines newyear weihnachten ostern navidad pascua noel paques natale pasqua
furniture: chair table desk sofa couch armchair bed mattress shelf bookshelf bookcase cupboard wardrobe dresser cabinet drawer stool bench lamp rug mirror
device: phone smartphone laptop computer tablet ipad iphone macbook kindle camera drone headphones television tv console router keyboard
  monitor smartwatch fitbit microwave oven fridge dishwasher vacuum thermostat projector
genre: jazz blues rock pop punk metal reggae soul funk disco techno house hiphop rap country folk classical opera gospel indie thriller mystery fantasy
  scifi romance horror comedy drama western biography memoir dystopia poetry musical anime manga
music: jazz blues rock pop punk metal reggae soul funk techno hiphop rap folk classical opera gospel mozart bach beethoven chopin vivaldi beatles
dance: ballet salsa tango waltz hiphop breakdance flamenco bachata merengue samba swing foxtrot zumba tapdance ballroom
study: mathematics maths physics chemistry biology geography history literature philosophy psychology sociology economics law medicine nursing engineering
  architecture linguistics anthropology archaeology astronomy statistics informatics theology accounting counseling education mathematik geschichte
religion: christian christianity catholic protestant orthodox muslim islam jewish judaism buddhist buddhism hindu hinduism sikh atheist agnostic quaker
emotion: happy sad angry afraid scared anxious nervous excited proud ashamed jealous lonely grateful relieved frustrated disappointed overwhelmed hopeful
  guilty embarrassed surprised heartbroken devastated thrilled
nature: forest woods mountain mountains river lake waterfall ocean sea beach desert canyon valley meadow field swamp cave glacier volcano island sunset sunrise stars rainbow
outdoors: camping hiking fishing kayaking climbing picnic campfire trail bonfire
place: park museum gallery library theatre theater cinema restaurant cafe bar pub club gym pool stadium zoo aquarium beach lake forest church temple mosque
  school university hospital airport station market mall bakery bookstore farm castle
material: wood metal steel iron glass plastic paper cardboard leather cotton wool silk linen clay stone marble concrete brick rubber
weather: rain snow hail fog mist thunder lightning hurricane tornado blizzard drought heatwave frost sunshine thunderstorm
disaster: flood earthquake wildfire hurricane tornado tsunami landslide avalanche fire
event: wedding birthday graduation funeral anniversary baptism reunion festival concert parade conference workshop exhibition tournament marathon fundraiser gala
  retreat ceremony fair picnic barbecue
`;
