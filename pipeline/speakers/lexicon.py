"""Word lists of the speaker stage: pronouns, and nouns by what they say of a speaker.

Written down from the vocabulary of news, widened while reading training articles. All entries are lower-case singulars
unless they say otherwise; they are compared with lemmas or with lower-cased words.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HE = _words("he him his himself")
SHE = _words("she her hers herself")
THEY = _words("they them their theirs themselves both")
IT = _words("it its itself")
FIRST_SINGULAR = _words("i me my mine myself")
FIRST_PLURAL = _words("we us our ours ourselves")
SECOND = _words("you your yours yourself yourselves")
PERSONAL = HE | SHE | THEY | IT

SINGLE_INDEFINITE = _words("one another somebody someone anybody anyone nobody")
"""Alone, or before `of`, these are one unnamed source."""
PLURAL_INDEFINITE = _words(
    "all some many most several few others both everyone everybody none any half plenty those these more fewer "
    "less two three four five six seven eight nine ten dozens scores hundreds thousands millions neither either"
)
"""Alone, or before `of`, these are a group."""

QUANTITY_NOUNS = _words(
    "group majority minority number handful couple pair series lot plurality percent % percentage portion slew "
    "host cadre crop quarter third half dozen hundred thousand million trio quartet variety range array section "
    "share chorus crowd bunch all some many most several few both none any plenty one each neither either two "
    "three four five six army legion generation kind sort type set list string wave spate fraction rest cross- "
    "section"
)
"""Before `of` plus a plural, these count; what they count is the speaker."""

CROWDS = _words(
    "audience base crowd electorate field generation left right middle majority minority public masses mob youth "
    "youngster population camp grassroots rank-and-file leadership membership fanbase readership gallery "
    "opposition resistance diaspora couple duo elite community family household"
)
"""Singular nouns for many people without a common voice."""

PERSON_NOUNS_MALE = _words(
    "man boy father dad husband son brother uncle grandfather grandson nephew king prince duke lord sir mister "
    "gentleman guy chairman spokesman businessman congressman councilman alderman policeman fireman fisherman "
    "salesman cameraman clergyman assemblyman statesman lineman publican monk priest bishop archbishop cardinal "
    "pope imam rabbi waiter actor widower boyfriend fiance groom landlord host sportsman craftsman foreman "
    "ombudsman cowboy stepfather godfather monsignor father-in-law brother-in-law son-in-law"
)
PERSON_NOUNS_FEMALE = _words(
    "woman girl mother mum mom wife daughter sister aunt grandmother granddaughter niece queen princess duchess "
    "lady madam chairwoman spokeswoman businesswoman congresswoman councilwoman alderwoman policewoman "
    "assemblywoman nun actress widow girlfriend fiancee bride landlady hostess heiress waitress schoolgirl "
    "seeress stepmother midwife baroness abbess mother-in-law sister-in-law daughter-in-law ballerina"
)
SURELY_MALE = PERSON_NOUNS_MALE - _words(
    "host ombudsman foreman actor publican bishop chairman landlord waiter priest rabbi lord"
)
"""Nouns of which a woman is hardly ever called one."""
SURELY_FEMALE = PERSON_NOUNS_FEMALE - _words("midwife")

NOT_PERSONS = _words(
    "number order power water river corner summer winter weather matter centre center theater computer tower "
    "dinner newspaper paper october november december september answer offer border disaster chapter quarter "
    "shoulder finger theatre error terror color labor harbor favor factor sector motor floor door minor major "
    "mirror vector tumor rumor humor behavior honor horror list twist assist mist exist resist restaurant plant "
    "grant giant relevant infant warrant important committee coffee fee guarantee degree agree budget gender "
    "letter helicopter layer ladder register chamber cancer danger anger hunger shelter cover never ever over "
    "under former latter other another rather whether together however remember manner banner barrier trailer "
    "freezer trigger counter server filter meter liter litre kilometer kilometre encounter career parlor tractor "
    "reactor elevator indicator monitor predator generator interior exterior prior"
)
"""Nouns with the endings of nouns for persons that are none."""

RELATIONS = _words(
    "wife husband spouse mother father mum mom dad son daughter brother sister uncle aunt cousin niece nephew "
    "grandfather grandmother grandson granddaughter widow widower partner fiance fiancee girlfriend boyfriend "
    "parent child friend neighbour neighbor colleague rival successor predecessor counterpart boss lawyer "
    "attorney aide adviser advisor spokesman spokeswoman spokesperson deputy secretary assistant opponent "
    "crewmate teammate classmate housemate co-star mother-in-law father-in-law sister-in-law brother-in-law son- "
    "in-law daughter-in-law stepfather stepmother ex-wife ex-husband"
)
"""Nouns that name a person by another one: `her father` is somebody else than she."""

PERSON_NOUNS = (
    PERSON_NOUNS_MALE
    | PERSON_NOUNS_FEMALE
    | RELATIONS
    | _words(
        "abbot academic accountant activist actor adjunct administrator admiral adviser advisor advocate agent aide "
        "airman alderperson ally ambassador analyst anchor anchorman anchorwoman announcer anthropologist apprentice "
        "archaeologist archdeacon architect archivist artist assistant associate astronaut astronomer athlete "
        "attacker attorney auctioneer auditor author baker banker barrister baron barista beekeeper believer "
        "billionaire biochemist biographer biologist blogger boatman bodyguard bookseller boss botanist boxer brewer "
        "brigadier broker builder bureaucrat butcher buyer campaigner candidate captain caretaker carpenter "
        "cartoonist caucusgoer ceo cfo chair chairperson challenger champion chancellor chaplain chef chemist chief "
        "choreographer cio citizen cleric clerk client climatologist coach co-author co-chair co-founder co-host "
        "co-owner coroner colleague colonel columnist comedian commander commentator commissioner commodore competitor "
        "composer comptroller conductor congressperson conservationist conservative constituent consul consultant "
        "contender contributor controller convener coo cook cop coordinator correspondent councillor councilmember "
        "councilor counsel counsellor counselor courier creator critic cto curator customer dancer dealer dean "
        "debater debtor defector defendant defender delegate democrat demographer demonstrator dentist deputy "
        "dermatologist designer detective developer diplomat director dissident doctor donor doorman dramatist driver "
        "drummer ecologist economist editor educator electrician employee employer engineer entomologist entrepreneur "
        "envoy epidemiologist ethicist evangelical examiner executive expert eyewitness facilitator fan farmer "
        "farmhand figure filmmaker financier firebrand firefighter fisher footballer forecaster founder freshman "
        "friend frontman frontrunner front-runner gaffer gardener goalie general geneticist geographer geologist "
        "geophysicist glaciologist goalkeeper governor grower guard guest guide guitarist gynaecologist hacker "
        "hairdresser hawk head headmaster headmistress headteacher hedge-fund heir historian hopeful hotelier hunter "
        "hydrobiologist hydrologist hygienist immunologist incumbent independent insider inspector instructor intern "
        "interpreter interviewer inventor investigator investor islander janitor jailer jeweller jockey journalist "
        "judge juror justice keeper labourer laborer lawmaker lawyer leader lecturer legislator liberal librarian "
        "lieutenant linguist lobbyist local loyalist magistrate magnate major malariologist manager marine mariner "
        "marketer marshal mastermind mathematician mayor mayor-elect mechanic mediator member merchant meteorologist "
        "microbiologist migrant millionaire miner minister moderator mogul mp msp musician nationalist naturalist "
        "negotiator neighbour neighbor neurologist neuroscientist neurosurgeon newcomer newsreader nominee novelist "
        "nurse nutritionist observer oceanographer officer official oncologist operative opponent optician orderly "
        "organiser organizer orthodontist outgoing owner paediatrician painter palaeontologist paramedic parent "
        "parishioner participant partner passenger pastor pathologist patient pediatrician pensioner person "
        "pharmacist philanthropist philosopher photographer physician physicist physio physiotherapist pilot planner "
        "plasterer player playwright plumber poet police-chief politician pollster porter postmaster practitioner "
        "preacher predecessor premier presenter president president-elect principal prisoner producer professor "
        "programmer progressive promoter prosecutor protester protestor provost psephologist psychiatrist "
        "psychologist publisher pundit pupil radiologist ranger reader realtor receptionist recruiter recruit rector "
        "referee refugee registrar rep reporter representative republican researcher resident responder retailer "
        "retiree reviewer reverend rheumatologist rider rival runner runner-up sailor salesperson scholar scientist "
        "screenwriter sculptor secretary seismologist seller senator senior sergeant source shareholder shepherd "
        "sheriff shopkeeper shopper skipper sociologist soldier solicitor speaker specialist spectator spokesperson "
        "spokesman spokeswoman sponsor staffer star statistician stenographer steward stockbroker strategist striker "
        "student successor superintendent supervisor supporter surgeon surrogate surveyor survivor suspect swimmer "
        "teacher teammate technician technologist teenager tenant theologian therapist toxicologist trader trainee "
        "trainer translator traveller traveler treasurer trustee tsar tutor tycoon undersecretary undergraduate "
        "unionist user vendor vet veteran vice-admiral vice-chair vice-chairman vice-chairwoman vice-chancellor vice- "
        "president vicar victim villager viewer violinist virologist visitor volunteer voter warden washerwoman "
        "watchmaker welder whistleblower winemaker winner witness worker writer youngster youth zoologist kayaker "
        "skip third-grader tradesman umpire lifeguard newsman newswoman patriarch landowner homeowner rancher doula "
        "radiographer goalscorer midfielder winger forward sprinter cyclist gymnast skier golfer racer mover exile "
        "fellow cabbie trooper deckhand trawlerman crofter bricklayer roofer barber hunter-gatherer busker bellringer "
        "signwriter toolmaker glassblower boatbuilder florist fishmonger greengrocer milkman ploughman drover "
        "emir sheikh sultan president-designate czar whip liaison maverick socialist libertarian communist centrist "
        "moderate model mate icon vp songwriter rapper bassist pianist soprano tenor conscript cadet paratrooper "
        "beautician cosmetologist dietitian zookeeper falconer canvasser"
    )
)
"""Nouns for one person, by office, work, kin or part played."""

ORG_NOUNS = _words(
    "academy administration agency airline airport alliance army assembly association authority bank bloc board "
    "body brand brewery broadcaster broker brokerage builder bureau business buyout cabinet camp campaign "
    "carmaker carrier caucus center centre chain chamber channel charity chipmaker church city clinic club co-op "
    "coalition college commission committee company conglomerate congress consortium consultancy convention "
    "cooperative corporation council county country court daily delegation department diocese directorate "
    "distillery embassy enterprise establishment faction factory federation firm force forum foundation front "
    "fund gallery garda government group guild gym hospital hotel house industry institute institution insurer "
    "junta jury kingdom label laboratory lab league legislature lender lobby magazine maker manufacturer market "
    "ministry military mission monarchy monthly movement municipality museum nation navy network newspaper ngo "
    "nonprofit office operator operation orchestra organisation organization outfit outlet pac palace panel paper "
    "parish parliament party partnership platform police portal port practice presidency press producer province "
    "prosecution provider publication publisher railway refinery regiment regime region regulator republic "
    "restaurant retailer school secretariat senate seminary service shipyard site society staff startup start-up "
    "state station store studio subcommittee subsidiary supermarket supplier synod tabloid team territory theatre "
    "theater think-tank thinktank tank toymaker town tribe tribunal troupe trust union unit university utility "
    "village watchdog website weekly wing workforce zoo defence defense plaintiff developer contractor customer "
    "shareholder bidder competitor vendor landlord curia state-owned media household commissariat constabulary "
    "observatory registry treasury judiciary executive ombudsman-office mill bakery bookshop shop pub bar cafe "
    "company-owner telecoms exchange fraternity"
)
"""Nouns for a body that can speak as one. Some are also persons (`developer`); there the article decides."""

SPEAKING_NOUNS = PERSON_NOUNS | ORG_NOUNS
"""Nouns for whoever can speak."""

GOVERNMENT_NOUNS = _words(
    "administration agency army authority bureau cabinet city commission committee congress council country "
    "county court department directorate embassy government house judiciary legislature military ministry "
    "municipality nation navy office palace parliament police presidency province regime republic secretariat "
    "senate state subcommittee town tribunal village commissariat constabulary treasury garda jury"
)
"""Public bodies: `the company` is none of them."""

COMPANY_NOUNS = _words(
    "airline brand brewery broker brokerage builder business carmaker carrier chain chipmaker company "
    "conglomerate consultancy corporation developer distillery enterprise firm group insurer label lender maker "
    "manufacturer operator outfit platform producer provider publisher retailer shipyard start-up startup store "
    "studio subsidiary supermarket supplier toymaker utility contractor gym hotel restaurant bank site website "
    "network app"
)
PAPER_NOUNS = _words(
    "paper newspaper magazine tabloid daily weekly publication outlet site website broadcaster network station"
)

DOCUMENT_NOUNS = _words(
    "account ad advertisement advisory average tally readout probe spot commercial disclosure poll hypothesis "
    "affidavit agreement analysis announcement answer argument article assessment audit banner bill biography "
    "blog book brief briefing bulletin calculation census chart claim column comment commentary complaint "
    "contention conclusion contract data datum database declaration decision directive document documentary dossier "
    "draft editorial email e-mail endorsement entry essay estimate evaluation evidence figure file filing finding "
    "forecast form guidance guideline headline indictment inquiry interview investigation judgment judgement "
    "language law lawsuit legend leak legislation letter line log manifesto map measure memo memoir memorandum "
    "message meta-analysis minute motion narrative note notice number op-ed opinion order outline page paper "
    "passage petition piece plan platform poem policy polling post poster presentation print profile programme "
    "program prediction projection proposal publication quote rating reading rebuttal recommendation record "
    "release remark reply report research resolution response result review rhetoric rule ruling score script "
    "search sign signal snapshot speech statement statistic stat story study subpoena suit summary survey sample "
    "testimony text thread threat timeline transcript tweet update verdict version video view vow warning warrant "
    "website will word work"
)
"""Nouns for what speaks only because someone wrote it."""

SPEECH_NOUNS = _words(
    "account ad answer argument article assertion attack behaviour book call claim column comment commentary "
    "contention criticism declaration denunciation email e-mail endorsement essay insistence interview letter "
    "memo message note op-ed opinion piece plan pledge policy post promise proposal question reaction refusal "
    "remark reply response rhetoric speech statement story stance suggestion testimony threat tweet video view "
    "vow warning word work defense defence catchphrase phrase rejection praise presentation reputation support "
    "assessment"
)
"""Documents and speech acts that are their owner's: `Smith's tweet` is Smith."""

ANONYMITY = _words(
    "source sources insider insiders condition anonymity anonymous anonymously unnamed familiar knowledge privy "
    "close briefed involved"
)
"""Words that mark a plural source as unnamed rather than as a group."""

INSIDERS = _words(
    "official aide adviser advisor employee colleague ally insider staffer associate friend source banker executive "
    "diplomat person people"
)
"""Of whom some (`two of her own officials`) speak unnamed."""
ANAPHORIC_PERSON_NOUNS = _words(
    "man woman boy girl veteran father mother author billionaire millionaire star candidate nominee hopeful "
    "politician leader mogul tycoon front-runner frontrunner lawmaker magnate officeholder contender businessman "
    "businesswoman native dad mum mom grandfather grandmother pensioner teenager youngster firebrand maverick "
    "incumbent challenger democrat republican conservative liberal player ace clergyman legend figure former "
    "newcomer writer official host"
)
FUNCTIONAL_OFFICES = _words(
    "minister president chairman chairwoman chair chairperson director judge mayor governor secretary chief "
    "commissioner king queen coroner spokesman spokeswoman spokesperson foreman registrar ombudsman lawyer "
    "attorney manager treasurer ambassador premier chancellor consultant officer magistrate prosecutor principal "
    "headteacher headmaster editor owner ceo pope sheriff speaker inspector prince princess sultan emir deputy "
    "captain coach executive landlord doctor nurse police-chief leader member host boss victim defendant critic "
    "counsel whip defence seeress predecessor successor justice dean rector provost vicar"
)
"""`the minister` may be one whom the article has not named: these are taken up only where the article told the role."""
SURNAME_NOUNS = _words(
    "porter baker cook hunter fisher driver gardener shepherd butcher miner boxer brewer singer bishop king dean "
    "pope prince earl rider fan star skip boy man guy major marine page judge farmer carpenter cooper sailor "
    "warden keeper buyer painter runner forward head"
)
"""Behind a first name these are surnames; only as the first word of a run do they stand for an office."""
NO_ROLES = _words(
    "man woman boy girl guy gentleman lady dad mum mom father mother grandfather grandmother youngster teenager "
    "figure former native legend person one newcomer victim speaker"
)
"""Nouns that take up a person without saying what part the person plays."""
PASSING = _words("own same latter other first second third next last new old young late poor said alleged lone two")
"""Modifiers that say nothing of the noun behind them."""
FORMER = _words("former retired veteran ex outgoing late incumbent")
"""`the billionaire` as a rule is somebody whom the article has named."""

CONTENDERS = _words(
    "candidate nominee hopeful front-runner frontrunner contender challenger opponent rival president-elect winner"
)
OFFICES = _words(
    "president senator governor representative mayor justice judge chancellor minister premier secretary "
    "ambassador attorney general speaker spokesman director commissioner chief professor chair adviser manager "
    "strategist pollster editor reporter"
)
"""Offices and posts as SYNONYMS unifies them: whoever is known by one is seldom meant by another."""
PARTIES = _words("republican democrat tory labour conservative liberal green socialist")

SYNONYMS = {
    "gop": "republican",
    "democratic": "democrat",
    "sen": "senator",
    "sens": "senator",
    "gov": "governor",
    "rep": "representative",
    "reps": "representative",
    "congressman": "representative",
    "congresswoman": "representative",
    "lawmaker": "representative",
    "gen": "general",
    "prof": "professor",
    "col": "colonel",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "capt": "captain",
    "cmdr": "commander",
    "adm": "admiral",
    "pres": "president",
    "rev": "reverend",
    "fr": "priest",
    "father": "priest",
    "clergyman": "priest",
    "cleric": "priest",
    "pastor": "priest",
    "dr": "doctor",
    "physician": "doctor",
    "attorney": "lawyer",
    "barrister": "lawyer",
    "solicitor": "lawyer",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "ceo": "chief executive",
    "advisor": "adviser",
    "frontrunner": "front-runner",
    "publican": "landlord",
    "gaffer": "manager",
    "premier": "prime minister",
    "academic": "professor",
    "mum": "mother",
    "mom": "mother",
    "dad": "father",
    "magnate": "tycoon",
    "mogul": "tycoon",
    "coach": "manager",
}
"""Words for one office that headlines and texts use by turns; also the written abbreviations."""

ORG_NAME_WORDS = ORG_NOUNS | _words(
    "inc inc. corp corp. ltd ltd. llc plc co co. gmbh sa ag nv holdings partners capital news post times journal "
    "tribune herald gazette chronicle standard guardian telegraph observer beacon examiner inquirer mirror globe "
    "press radio tv television college associates brothers bros & airways airlines airline railways rail railroad "
    "motors energy technologies technology systems labs pharmaceuticals pharma industries media entertainment "
    "studios records ferries security affairs intelligence workers teamsters makers center centre services forces "
    "nations states bank banking financial investments securities insurance marine aerospace aero foods footwear "
    "rubber photonics networks software robotics solutions logistics shipping steel mining petroleum oil gas "
    "freight haulage grid ventures living homes properties estates research analytics consulting advisory "
    "developments construction engineering chemicals biotech therapeutics genomics renewables solar nuclear minerals "
    "metals textiles toys optics semiconductors devices dynamics trading savings assurance lending equity retail "
    "stores apparel cosmetics beverages breweries distillers dairies timber packaging plastics cement motorcycles "
    "trains buses coaches trams cruises games interactive diagnostics instruments biosciences agritech fintech "
    "electric power water foundation fund trustees society projects project initiative council commission senate "
    "congress parliament democracy watch monitor review weekly magazine digest wire newswire agency action "
    "engineers employees pilots attendants firefighters professors growers manufacturers insurers "
    "tribunal university institute lab journalists teachers nurses physicians rovers united athletic city fc report "
    "belles"
)
"""Words that make a capitalised name an organisation's."""
PEOPLES = _words("christian muslim jewish catholic republican democratic islamic evangelical conservative liberal")
PARTY_PEOPLE = _words(
    "democrats republicans tories conservatives liberals greens socialists americans muslims christians jews catholics"
)
MAKER_NOUNS = _words(
    "chipmaker carmaker toymaker automaker drugmaker planemaker shipbuilder housebuilder retailer insurer lender "
    "airline startup start-up supermarket brewer broadcaster operator search-engine e-tailer outsourcer miner "
    "utility contractor publisher"
)
"""Stand capitalised before a body's name at the start of a sentence."""


def makes(noun: str) -> bool:
    """True for a noun that tells a body by what it makes or does: `chipmaker`, `broadcaster`, `rocketmaker`."""
    return noun in MAKER_NOUNS or (noun.endswith("maker") and noun not in PERSON_NOUNS)


SINGULAR_PLURALS = _words("police staff")
"""Tagged as plurals, but one body."""
BODY_SYNONYMS = {
    "force": ("police", "constabulary"),
    "constabulary": ("police",),
    "federation": ("union", "association"),
    "panel": ("committee", "commission", "board", "tribunal", "inquiry"),
    "commission": ("committee",),
    "watchdog": ("commission", "authority", "ombudsman"),
    "regulator": ("authority", "commission", "agency"),
}
DOCUMENT_GROUPS = (
    ("poll", "survey", "polling", "tally"),
    ("report", "study", "paper", "analysis", "research", "review", "document"),
    ("letter", "memo", "email", "e-mail", "note", "message", "memorandum"),
    ("statement", "release", "announcement"),
    ("editorial", "article", "column", "op-ed", "piece"),
)
"""Names of one document in one article."""
KIN = _words(
    "wife husband son daughter mother father brother sister widow widower lady mum mom dad stepson stepdaughter "
    "sons daughters"
)
BODY_TYPES = _words(
    "ministry department agency airport hospital university college school court council board commission committee "
    "union federation association alliance chamber secretariat trust bank museum party police institute foundation "
    "society club church embassy authority bureau tribunal charity league theatre theater railway"
)
"""Words of a body's name that tell what it is, where the article says nothing else of it."""
MEDIA_NAME_WORDS = _words(
    "times post journal tribune herald gazette chronicle guardian telegraph observer beacon examiner inquirer "
    "mirror globe news press radio tv magazine weekly digest wire review daily star mail express independent sun "
    "standard ledger courier politico cnn bbc nbc abc cbs msnbc reuters ap bloomberg breitbart buzzfeed"
)
OUTLETS = _words(
    "abc afp airbnb al-jazeera amazon ansa axios bbc bloomberg breitbart buzzfeed c-span cbs cnbc cnn dpa efe "
    "emerson europol facebook factcheck forbes fortune fox frontex gallup gawker google greenpeace instagram "
    "interfax interpol ipsos itv kyodo marist microsoft monmouth msnbc nato nbc netflix newsweek nielsen npr opec "
    "oxfam pbs pew politico politifact propublica quinnipiac rasmussen reddit reuters rte rté salon slate snopes "
    "spotify suffolk tass telegram tiktok twitter uber unesco unicef vice vox whatsapp wikileaks wired xinhua "
    "yonhap yougov youtube"
) | {"the hill", "fox news", "huffington post", "daily beast", "associated press", "al jazeera", "sky news"}
"""News outlets, pollsters and other bodies whose names do not tell what they are; the small model often errs."""
FRACTIONS = _words("quarter third half majority minority")
AFFILIATES = _words("campaign team camp administration office staff operation entourage")
"""Bodies that go by the name of a person: `the Marlowe campaign`, `her campaign`, `the campaign` are one."""
SPOKEN_FOR = _words(
    "spokesman spokeswoman spokesperson adviser advisor aide source official representative staffer insider"
)
"""Who speaks without a name; no article names him a sentence later."""
UNNAMED_NOUNS = _words("source insider")
"""`The source` takes up one who spoke unnamed, never somebody named."""
AGENCY_NOUNS = _words("agency department bureau")
AGENCY_NAME_WORDS = _words(
    "agency department bureau administration commission service services fbi cia nsa epa fda cdc irs doj fema"
)
SINGLE_SITE_BODIES = _words(
    "club hospital school university college charity museum theatre theater airport channel festival zoo clinic academy"
)
MEMBER_BODIES = _words(
    "union federation association league party team campaign council court jury opposition ministry department "
    "panel board committee"
)
"""An article that speaks of `the union` seldom means the one other body that it names."""
GENERIC_BODIES = _words(
    "board company government club party union committee council department ministry agency bank court team group "
    "office administration authority campaign commission association trust fund university school hospital state "
    "city county"
)
"""Capitalised alone they name nothing: `The Board` of a press release."""
PORTFOLIOS = _words(
    "sports sport culture education welfare care trade industry commerce science technology innovation tourism "
    "fisheries food rural environment energy transport communities housing youth family families planning development "
    "human social urban labour labor employment pensions work skills heritage media cooperation defence defense policy "
    "security finance agriculture forestry water mines immigration prevention research health justice"
)
"""What ministries and departments are for, behind `and` in their names."""
PERSONLESS_ORGS = _words("kremlin pentagon congress parliament senate vatican")

NAME_PARTICLES = _words(
    "de da di do dos das del della der den des du la le van von ter ten al el bin ben ibn ould y af ní ni mac ó "
    "o' zu zum zur st st."
)
SUFFIXES = _words("jr jr. sr sr. ii iii iv v kc qc mp msp phd md esq esq.")
"""Follow a name without being its last part."""

POST_NOMINALS = _words("kc qc mp msp phd md esq obe cbe mbe")

DEMONYM_ENDINGS = ("an", "ans", "ese", "ish", "ch", "ic", "i", "crat", "crats")

CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec christmas easter "
    "ramadan"
)
