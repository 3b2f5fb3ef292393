"""First names as evidence of gender.

Written down from general knowledge: names in common use in the English-speaking press, and widespread ones of other
languages. Names given to both sexes are left out: there the article's own pronouns decide.
"""

MALE = frozenset(
    """
    aaron abdel abdou abdoulaye abdul abdullah abe abel abelardo abraham achim adam ade adebayo adekunle adil
    adnan adolf adolfo adrian agus agustin ahmad ahmed ahmet aidan ajay akbar akio akira al alain alan alasdair
    albert alberto albin aldo alec alejandro aleks aleksandr alessandro alessio alexander alexandre alexandros
    alexei alf alfie alfonso alfred algernon ali alistair allan allen alois alonso alonzo alphonse alvar alvaro
    alvin amadou amar ambrose amir amit amos anar anatole anatoly anders andre andreas andrei andrej andreu
    andrew andris andrzej andy angelo angus anil ansel anselm anthon anthony antoine anton antoni antonio
    antonis antony anwar aram archibald archie ari aristide arjun arkady armand armando armen armin arnaud arnd
    arne arno arnold art arthit arthur arturo arun arvid arvind asad asher ashok ashraf askar aslan atsushi
    attila auberon aubin august augustin augustine augusto augustus aurelien aurelio austin avi avraham axel
    ayman azlan azman babak babatunde bahram bakari baldwin baltasar balázs bambang baptiste barack barnaby
    barney barry bart bartholomew bartosz bashar basil basile bassam bastian bataar batbayar bela ben benedict
    benigno benito benjamin benjamín benno benoit bernard bernardo bernd berndt bernie bert bertil bertram
    bertrand bilal bill billy bjarne bjorn björn blaise blake bo bob bobby bogdan bohdan bongani bongbong
    boniface boris botond boubacar boutros boyd brad bradley bram brandon brendan brent brett brian brice bror
    bruce bruno bryan budi burhan burt byron cai cal caleb calum calvin cameron carel carl carlos carlton
    carsten casimir caspar casper caspian cedric cesar cesare chad chai chaim chandra charbel charles charlie
    cheikh chester chet chidi chike chinedu chris christian christoph christophe christopher christos chuck
    chukwuma cillian clancy clarence clark claude claudio claus clayton clement cleo cletus cliff clifford clint
    clive cody colin colm connor conor conrad constantin constantine corey cornelius cosimo craig cristian
    cristiano cristobal curt curtis cy cyril cyrus dag dagfinn dale damian damien damon dan daniel daniele
    daniyar danjuma danny dante dario darius darko darrell darren darryl dave david davide davit dawid dean
    declan deepak dejan delroy deng denis dennis denzel derek desmond detlef devin dexter dick didier diego
    dieter dietmar dietrich dimitri dimitrios dimitris dinesh dino dirk djibril dmitri dmitry dmytro domenico
    domingo dominic don donal donald dong-hyun donnell donnie donovan dorian doug douglas dov draco dragan drago
    dries duarte duc dudley duncan dusan dwayne dwi dwight dylan eamon eamonn earl ebenezer eberhard ebrima
    eckhard ed eddie edgar edison edmond edmund edmundo edouard edric eduardo edvard edward edwin efraim efrain
    egil egon ehud einar eirik eko elbert elchin eldon eldred eli elias elijah elio eliot elkan elliot elliott
    elmer elmo elvin elvis emanuel emeka emil emilio emmanuel emre enda ender endre enrique enzo ephraim erhan
    eric erik erland erling ernest ernesto ernie ernst erol errol erwan erwin esa espen esteban esteve ethan
    etienne eugene eugenio eusebio evan evander evangelos everett evert evgeny ewan ezekiel ezra fabian fabio
    faisal faizal farid faustino federico fedor felipe felix femi ferdinand ferdinando fergal fergus fernando
    festus fidel fikret filip filippo finbar finn flavio florian florin folke forrest francesco francis
    francisco franco francois frank franklin franz fraser fred freddie frederic frederick fredrik friedrich
    fritjof frits fritz fumio gabe gabriel gael gaetano galen ganbold garba gareth garrett garth gary gaspar
    gaston gaurav gavin gavril gebhard geert geir gene geoff geoffrey george georges georgi georgios gerald
    gerard gerardo gerd gerhard gernot gerrit gerry gert gethin giacomo gianluca gianni gideon gilbert giles
    gilles gino giora giorgi giorgio giovanni giulio giuseppe gjon glen glenn gonzalo goran gordon gottfried
    grady graeme graham grant greg gregoire gregor gregorio gregory grigor grigory grover guenther guglielmo
    guido guillaume guillermo gunnar gunter gunther guoqiang gus gustaf gustav gustavo guy gwilym gyorgy haakon
    haavard habib hadi hafiz haim hakan hakeem hakim hal halvor hamid hamish hamza hank hannes hans haoran
    harald hari harish harlan harley harold haroun harris harrison harry harsh hartmut haruki haruto harvey
    hasan hassan havel hayk hector heikki heiko heinrich heinz helge helmer helmut hemant hendra hendrik henning
    henri henrik henrique henry heraldo herbert hercules heriberto herman hermann hermes hernan hernando herve
    hew hideki hieronymus hieu hilario hilmar hiram hiroshi hisham hjalmar hobart horace horacio horatio horst
    howard howell hrant hrvoje hubert hubertus hugh hugo hugues humphrey husam hussein huy hyman hyun-woo iain
    ian ibou ibrahim ichiro idris idrissa igal ignace ignacio ignatius igor ike ikenna ildefonso ilgar ilham
    ilia ilias ilie ilkka ilya imran imre inaki ingemar ingmar ingo ingvar ioan ioannis ionut iosif irakli irfan
    irving irwin isaac isaiah ishaan ishmael isidor isidore isidro ismael ismail ismet israel istvan italo
    itamar ivan ivar iver ivo iwan izaak jaakko jaap jabari jabu jack jackson jacob jacques jae-in jafar jagdish
    jahangir jai jaime jake jakob jakov jakub jamal james jamie jamil jan-erik janek janez jann janos janusz
    jared jaroslav jarrad jarrod jason jasper jaswant javad javier jay jean-claude jean-luc jean-marc jean-paul
    jean-pierre jed jeff jefferson jeffery jeffrey jejomar jelle jens jeremiah jeremy jeroen jerome jerry jerzy
    jesper jesus jethro ji-hoon jian jianguo jim jimmy jiri jitendra joachim joakim joao joaozinho joaquim
    joaquin jochen joe joel joep johan johann johannes john johnny joko jon jonas jonathan jonny joost jordi
    jorge jorgen joris jorma jose josef joseph josh joshua josip jouni jozef juan juergen jukka julian julio
    julius jun-ho junichi jurgen justin justus jyrki kabir kalle kamal kamau karan kareem karel karim karl
    karsten kaspar kasper kaveh kazimierz kazuo kebba keenan kees keiji keir keith kelechi kelvin ken kenji
    kenneth kenny kent kenzo kevin kgosi khaled khalid khalil kiran kirk kjell klaas klaus klemens knud knut
    koffi kofi koji kojo konrad konstantin kosta kostas krishna kristian kristof kristoffer krzysztof kumar
    kunal kurt kwabena kwaku kwame kwasi kyle kyrylo kyung-soo lachlan laird lajos lakshman lamar lamin lamine
    lamont lance larry lars lars-erik laszlo laurence laurent lauri lawrence lazar lazaro leander leandro lee
    leif leland len lennart lenny leo leon leonard leonardo leonid leopold leopoldo leroi leroy leslie lester
    lev levan levi lewis lex liam liberto lino linus lionel lito ljubomir lloyd logan loic lorcan lorenzo lothar
    lou louis lowell lubomir luca lucas lucian luciano ludovic ludvig ludwig luigi luis luiz lukas luke luther
    lwazi lyndon maarten macario mads magne magnus mahendra mahesh mahmoud mahmud malachi malcolm malik mamadou
    mandla manfred manny manoj manolis manolo mansur manuel manus marat marc marcel marcello marcelo marcin
    marco marcos marcus marek mariano mario marius mariusz mark markku marko markus marlon marshall martin marty
    marvin marvyn masao masoud massimo matej mateo mateusz mathew mathias mathieu matias matija mats matt matteo
    matthew matthias matthieu matti mattias maurice mauricio maury max maxence maxim maximilian maximo maximus
    mehdi mehmet meir melchior melvin merritt merv michael michał michel micheál miguel miguelangel mihai mihail
    mikael mike mikhail mikkel mikko miklos miles milo milorad milos miloslav milton min-jun minh miro miroslav
    misha mitch mitchell mitt mladen mo modou mohamed mohammad mohammed mohan mohsen moises mordechai moritz
    morris mortimer moses mostafa motti moussa muhammad mukesh murad murat murdo murray musa mustafa myron nabil
    nadav nadim naftali nahum naim najib najmuddin namdi narcis narendra narong nasir nasser nate nathan
    nathaniel naveed naveen neal ned neil nels nelson nelu nestor nevil neville newton nguyen nicholas nick nico
    nicodemus nicolae nicolas nicolaus nicolo nicomedes niels nigel nikhil nikita niklas niko nikola nikolai
    nikolaos nikolas nikoloz nikos nils nils-petter niran nitin nizami njoroge nnamdi noah noam noboru nobuo
    noel nolan norbert norberto norman norris nuno nursultan obadiah obinna octavio odd odin ofer okechukwu olaf
    olav ole oleg oliver olivier olof olumide oluwaseun omar ondrej onur oren orestes orhan orin orlando orrin
    orson orville osama oscar osei oskar oskari osman osvaldo oswald oswaldo othmar otis otso ottmar otto
    ousmane owen ozzie paavo pablo paddy panagiotis panos paolo pape parviz pascal pascoal pasquale patrice
    patricio patrick patrik paul pauli paulo pavel pawel payam peder pedro pekka percy peregrine perry perseus
    pertti petar pete peter peteris petr petri petros petter phil philip philippe phillip phineas pichai pierre
    piers pietro pim pinchas piotr placido prabhu prakash pramod pranab prasad praveen prayut prem przemyslaw
    quang quentin quincy quinton radek radoslav radovan radu rafa rafael rafe raffaele rafik raghav rahul raimo
    raimund rainer raj rajan rajesh rajiv rakesh ralf ralph ramesh rami ramin ramiro ramon ramzi randall randy
    ranjit raphael rashid rasmus rauf raul ravi raviv ray raymond raynor raz reggie reginald reginaldo reidar
    reijo reimar reince reiner reinhard remi remigio remus renato renaud rene reuben rex reynaldo reza rhodri
    rhys ricardinho ricardo rich richard richmond rick ricky riku rinaldo risto ritesh rizal roald roar rob
    robert roberto rocco rod roderick rodney rodolfo rodrigo rodrigue rogelio roger rogerio rohan rohit roland
    rolf romain roman romeo romulo ron ronald ronaldo ronan ronnie roscoe rosendo roshan ross roy royce ruben
    rudolf rudy rufus ruggero runar rune rupert ruslan russ russell rustam rutger ryan saad sabri sachin sadiq
    saeed sakari sal salah salim salman salomon salvador salvatore sameer sami samir samuel sancho sander sandro
    sani sanjay sanjeev sante santeri santiago sarkis satoshi saul saulo saverio scott seamus sean sebastian
    segun selwyn semyon serge sergei sergey sergio serhiy serigne seth seung-woo severin shabtai shafiq shahid
    shai shakil shamil shane shankar shaun shawn sherwin shigeru shimon shinzo shiv shlomo shmuel sho shukri sid
    siddharth sidney sigurd silas silvano silvio simeon simon simone sinan sindre sipho sixten sizwe slamet
    slobodan solomon sombat somchai sophus soren spencer spyros stan stanford stanislav stanley stavros stefan
    stefano stefanos steffen stein sten stepan stephan stephane stephen steve steven stewart stig struan stuart
    suchart sulaiman suleiman sundar sung-ho sunil suresh sutrisno svante svein sven sven-erik syed sylvain
    sylvester taavi tadashi tadeo tadeusz taha tahir tai takashi takeo takeshi takumi tal talal tamas tancredi
    taras tarek tariq taro tarun taylan ted teddy teemu tendai teodor teodoro terence terje terrence terry teun
    thabo thad thaddeus thaksin thanasis themba theo theodor theodore theodoros theron thibault thierry thilo
    thomas thor thorbjorn thorsten thulani thurston tiago tibor tidiane tigran tillman tim timo timothy timur
    timurlan tito titus tobias tobin todd todor tofig togrul tom tomas tomasz tomislav tommy tonino tony torben
    tore torsten toshio travis trent trevor troy trygve tuan tullio tunde turgut tyler tyrone tyson udo ugo ulf
    uli ulises ulrich ulysses umar umberto urban uri uriel usman uwe vaclav vahan vakhtang valdemar valentin
    valentino valerio valery vartan vasile vasilis vasily vassilis vaughan vaughn veijo veikko venkat verner
    vernon vicente victor vidar viggo vijay vikas vikram viktor vilho viliam ville vince vincent vincente
    vincenzo vinod virgil virgilio vito vivek vlad vladimir vladislav vlado vojtech volkan volker volodymyr vuk
    vusi vyacheslav wade waldemar waldo wale waleed walid wallace wally walt walter warren warwick wassim waylon
    wayne wei-ming weiguo wenceslas wendell werner werther wesley wichai wilbert wilbur wilder wiley wilfred
    wilfrid wilhelm wilhelmus will willard willem william willie willy wilmer wim winfried winston winthrop
    wojciech wolfgang wouter wyatt wynn xander xavier yahya yair yakov yakubu yanick yanis yannick yannis
    yaroslav yasin yasser yasuo yaw yehuda yerlan yevgeny yigal yitzhak yoav yosef yoshio yotam young-ho youssef
    yukio yunus yuri yuriy yusef yusril yusuf yuval yves zac zach zachary zaid zainal zakaria zaki zane zaur
    zbigniew zdenek zeev zeki zev zhivko zhiyuan ziad zihao zoltan zoran zsolt zubin zulkifli zurab zygmunt
    """.split()
)

FEMALE = frozenset(
    """
    aaltje aba abby abena abeni abigail abiola ada adaeze adela adelaide adele adelheid adelina adeline aditi
    adjoa adriana adrienne adwoa afia agata agatha agathe aglaia agnes agneta agnete agnieszka agostina aicha
    aida aigul aiko aileen ailish ailsa aimee aino ainur aisha aishwarya aisyah akosua akua alana alba albertine
    alejandra aleksandra alena alessandra alessia aletta alexa alexandra alexis alfreda alia alice alicia alicja
    alida alina aline alisa alisha alison alix aliya allegra allison allyson alma almaz almudena almut
    altagracia alva alyssa ama amaia amal amalia amanda amanita amara amata amber amelia amina aminata amira
    amparo amrita amy ana anabel anahit anais anastasia anca andrea andree ane aneta angela angele angelica
    angeliki angelina angie anika anisa anissa anita anja anjali anke ann anna annabel annalena annalisa
    annamaria anne anneka anneke anneliese annelise annemarie annette annie annika annukka annunziata anouk
    anthea antje antoinette antonella antonia antonina anushka anwen anya aoife aparna apollonia april arabella
    araminta aranka aria ariana ariane arianna aristea arja arlene aroha arta artemis arwen asha ashley asta
    aster astri astrid asuncion athena aud aude audra audrey augusta aurelia aurelie aurora aurore ava awa ayako
    ayesha ayla aylin ayu ayumi azadeh azra babette badia barbara barbro bea beata beatrice beatriz becca becky
    begoña belinda benedetta benedikte benita berenice berit bernadette bernadine bernardine bernice bertha
    beryl bess bessie beth bethany betsey betsy bettina betty beverley beverly bianca binta birgit birgitta
    birgitte birte blanca blanche bluma bodil boglarka boitumelo bonnie borghild bozena branka breda brenda
    briana brianna bridget bridie brigitte britt britta brittany bronwyn brooke bryony busisiwe caitlin
    caitriona calista calla calliope camellia camila camilla candace candice candida caprice carina carine carla
    carlotta carly carme carmel carmela carmelita carmen carol carole carolin carolina caroline carolyn caron
    carrie cassandra cassie catalina catarina caterina catharina catherine cathleen cathrine cathy cecile
    cecilia cecily celeste celestine celia celina celine chandrika chantal charity charlene charlize charlotte
    charmaine chelsea chelsie cher cheryl chiaki chiara chidinma chika chimamanda chinwe chioma chitra chiyoko
    chloe christa christel christelle christiane christianne christin christina christine chrystal cicely cilla
    cindy claire clara clare claribel clarice clarissa claudette claudia clemence clementine clodagh clotilde
    colette colleen concetta conchita connie constance consuelo cora coral coralie corazon cordelia corina
    corinne cornelia corrie cosima coumba courtney cressida cristina crystal cvetka cynthia dafne dagmar dagny
    dahlia daisy daiva dalia damaris danae danica daniela danielle danièle danuta daphne daria darlene darya
    dawn deanna deb debbie debora deborah debra deirdre delfina delia della delores delphina delphine demet
    demetra denise dervla desiree despina devi dewi diana diane didi dilek dilys dina dinah dinara dineo dita
    djamila dolly dolores dominika dominique donata donatella donna dora dorcas doreen dores doris dorit dorota
    dorothea dorothy dorte dortea dorthe dory dubravka dulce dunja dympna ebba ebele ebony ebru edda edie edina
    edit edith edna edwina effie efua egle eila eileen eilidh eilis eira eithne ekaterina elaine elba eleanor
    elena eleni elfriede eliane elif elin elina elinor elisa elisabeth elisaveta elise eliska eliza elizabeth
    elke ella ellen ellinor elodie eloise elsa elsie elspeth elvi elvira elzbieta emel emer emilia emilie emily
    emine emma emmanuelle emmeline enid enikő enrica erica erika erin erna ernestine ersilia erzsebet eshe esi
    esma esme esmeralda esperanza estefania estela estella estelle esther eszter etel ethel etta eudora eugenia
    eugenie eulalia eun-ji eunice eunike euphemia eva eva-maria evangelina evangeline eve evelina evelyn evie
    evita ewa fadila faduma fadwa faith faiza fanny farah farida fatiha fatima fatimata fatma fatou fatoumata
    fauziah faye federica felicia felicity feodora fernanda fernande ferne fidelina fidelma filippa filiz
    filomena finola fiona fionnuala fiora flavia fleur flora florence florencia floriane folasade fosca fouzia
    franca frances francesca francine francoise frangiska franka franziska freda frederica frederikke freya
    frida fridtjofa frieda friederike fruma fulvia fumiko funmilayo gabriela gabriella gabrielle gaelle gaia
    gail galina gayle geeta gemma geneva genevieve genoveva georgette georgia georgiana georgina geraldine gerda
    gerlinde germaine germana gerti gertrude ghislaine gianna gilda gillian gina ginette ginny giorgia giovanna
    gisela giselle gitta gitte giulia giuliana giuseppina gladis gladys glenda glenys gloria glynis godelieve
    golda goldie gordana gosia gota grace grazia graziela graziella greer greta gretchen grete gretel gro
    gráinne guadalupe gudrid gudrun guillermina guinevere gulnara gulnaz gulshan gunilla gunn gunnhild gwen
    gwendolyn gwyneth gyöngyi habiba hadiza hadley hafsa haiyan hala haleema halima halimo hana hanan hanka
    hanke hanna hannah hanne hannelore harriet harriett hasna hatice hattie hawa haya hazel heather heba hedda
    hedvig hedwig heidi heidrun heike helen helena helene helga helin helle heloise hema henrietta henriette
    hera hermina hermione herta hertha hester hiba hien hilary hilda hilde hildegard hildur hillary hilma hind
    hinemoa hinewai hiroko hirut hodan holly honor honora honorine hope hortense hrefna huda hulda huma huong
    hyacinth hye-jin hye-won ianthe ida ida-marie ieva ifeoma ifrah ignacia ikram ilana ildiko iliana ilona ilsa
    ilse ilze iman imane imelda imogen indah ines inga inge ingeborg ingela inger ingrid ingrida inka inês ioana
    iole iona irem irena irene irenka irina iris irja irma isabel isabella isabelle isadora isatou ise isha
    ishbel isidora isla isobel isolde itziar iva ivana ivanka iveta ivette ivona ivy iwona izabela izumi jaana
    jacinda jacinta jacoba jacqueline jacqui jade jadwiga jael jaime-lee jamila jana jane janet janice janina
    janine janneke jannicke jannie jannike jara jasmina jasmine jasna jaya jayne jeanette jeanine jeanne
    jeannette jelena jelka jemima jenna jenni jenni-lee jennie jennifer jenny jerilyn jessamine jessica jessie
    jetta jette jill jimena jin-young jing jitka jo-ann joan joanie joanna joanne jocasta jocelyn jodie joelle
    johanna johanne jolanda jolanta jolie jone jordana jorunn josee josefa josefina josefine josepha josephine
    josette josiane josie jovana joy joyce joyeuse juana juanita judi judit judith judy jule juli juli-ann julia
    juliana julianne julie juliet julieta juliette julitta june junko justina justine justyna jutta jytte
    kaarina kadiatou kadri kaisa kalina kaltrina kamala kamila kamilla karen karima karin karina karine karita
    karla karolina karoline karthika kasia kata katarina katarzyna kate katell katelyn katerina kateryna
    katharina katharine kathe katherine kathi kathleen kathrin kathrine kathryn kathy kati katia katie katinka
    katja katri katrien katrin katrina katrine katy kavita kawthar kaye kayla kazuko keeley kefilwe keiko keisha
    kellie kelly-ann kellyanne kelsey kendra kerstin keshia ketevan keti keziah khadija khady khanh kiana kiki
    kimberley kimberly kinga kiri kirsi kirsten kirstie kirstin kirstine kirsty kiyoko klara klaudia klementina
    konstanze kornelia krista kristen kristi kristiina kristin kristina kristine kriszta krystyna kumiko kyoko
    kyra laila laima lakshmi lale lalita lan lan-anh lana lara larisa larissa latisha laura laurel lauren
    laverne lavinia layla lea leah leanne leda leela leena leigh-anne leila leilani lena lene leni lenka
    leocadia leokadia leona leonie leonor leonora leontyne lesley leslie-ann lestari leticia letitia letizia
    lexie lia liana lianne libby lidia lidija lieke lien liesbeth liesel lihua liisa lila lilah lili lilia
    lilian liliana liliane lilianna lilibeth lilja lilli lillian lilo lily lina linda lindiwe linnea linnéa lisa
    lise lisette lissa liudmila liv livia liz liza ljiljana llinos lobelia lois lola lone loredana lorena
    lorenza loreto loretta lori loriann lorna lorraine losa lotta lotte lottie loubna louella louisa louise
    lourdes lovisa luana luba lubna luca-maria lucette lucia luciana lucie lucile lucille lucinda lucrecia
    lucrezia lucy ludivine ludmila luisa luise lula luljeta lulu luna lupita luz lydia lydie lyn lynda lynette
    lynn lynne lyra lyudmila maame mabel mabelle macarena madeleine madeline madhavi madhuri mae maelle maeve
    mafalda magali magda magdalena maggie magnolia mahnaz mai maia maida maike maile mairead maisie maite maja
    makena malaika malak malala malena malgorzata malia malika malin malina mallory mamie manal mandy manon
    manuela mara mara-lynn marama marcela marcelina marcella marcelle marcia mareike maren marga margaret
    margareta margaretha margarethe margarita margaux marge margery margherita margit margot margrethe margriet
    marguerite mari maria maria-jose mariah mariam mariama marian mariana marianna marianne maribel marica marie
    marie-claire marie-louise marieke mariel mariela mariella marietje marietta mariette marigold marija marijke
    marika mariko marilena marilyn marina marine marion marisa marissa marit marita maritza marja marjan
    marjatta marjo marjolein marjorie marketa marla marlena marlene marlis marna marta marta-maria martha
    martina martine maruja mary maryam maryann maryanne marzena masako masha mathilda mathilde matilda mattea
    maud maude maura maureen mavis mavourneen mavra maxime-anne maxine maya maysoon mayumi mbali meera meg megan
    mehtap mei mei-lin mei-ling meiling melania melanie melba mele melina melinda melisande melissa melita
    melody menna merab merav mercedes mercia mercy mereana meredith meret merete merethe meriel merja merle-ann
    merlinda merve meryem meryl meseret meta mette mia micaela michaela michal michela michele michelina
    michelle michiko mieke mieko miep mikaela mila milagros mildred milena milica milla millicent milly mimi
    mimma min-ji mina minako mindy minerva minna minnie mira mirabel miranda mireille mirela mirella miriam
    mirja mirjam mirka mirna mirta misaki mitra mitsuko miyuki mmabatho moana modesta moira mojca mokgadi molara
    mollie molly momoko mona monica monika monique monisha montserrat morag morven morwenna mouna muireann mulu
    mumtaz muna muriel murielle muthoni myfanwy myra myriam myrna myrthe myrtle nabila nada nadege nadezhda
    nadia nadine nadine-marie nadira nafisa nagisa nahid naila najat nakia naledi nanako nancie nancy nandini
    nandita nanette nanna naoko naomi narges narin nasra nasreen nasrin nastassja natacha natalia natalie
    natalya natasha nathalie natsuko nazanin ndeye neda neema neha nele nelida nella nellie nelly neneh nerea
    nerissa nerys nesrin neta netta neus neve nevena ngaire niamh nicole nicoletta nidia niina nike nikki
    nikoleta nilda nilofar nilufer nimco nina ninette nino nirmala nita nives nkechi nkiruka nneka noa noelle
    noemi nokuthula noluthando nolwenn noma nomsa nomvula nona nontando nora norah noraini noreen norma
    norma-jean nour noura noémie ntombi nuala nuray nuria nurit nurul obiageli oda odelia odessa odette odile
    odilia ofelia oihana okka oksana olaya olena olesya olga olimpia olive olivia oluchi olwen olympia omolara
    oonagh ophelia oprah oralee oriana oriel orla ornella orsolya ottavia ottilie ottoline oumou oyunbileg paige
    paivi palesa palmira paloma pamela pamella panagiota pandora paola parisa parvati pascale patience patricia
    patrizia patsy patty paula paule paulette pauliina paulina pauline pavlina paz pearl peggy pelagia penelope
    penny pepita perdita peridot pernilla pernille perpetua persephone petra petronella petula phaedra philippa
    philippine phillipa philomena phoebe phyllida phyllis pia piedad pilar pippa pirjo pirkko pleasance polly
    poonam poppy prema priscila priscilla priya priyanka prudence prunella querida rabia rachael rachel rachele
    rachida radha radhika radka rafaela raffaella ragna ragnhild rahel raija raisa raissa ramona rana rania
    raquel rashida ratna raya raymonde rayna reba rebeca rebecca rebekah regina regine rehana reiko reina reka
    reme remedios rena renata renate rene-lee renee renske reyhan rhea rhiannon rhoda rhona rhonda ria ricarda
    riikka rika rikke rina risa rita ritva rivka roberta robyn rocio rokeya rokia romaine romilda romola romy
    rona roosje rosa rosalba rosaleen rosalia rosalie rosalind rosalinda rosalyn rosamund rosamunde rosana
    rosangela rosanna rosanne rosario rose roseanne rosella roselyn rosemary rosetta roshni rosie rosina rosita
    roslyn rosmah rowena roxana roxanne roya rozalia ruby rufina rukmini ruta ruth ruthie saana sabah sabela
    sabiha sabina sabine sabre sabrina sade sadia sadie safiya sahar sahra saida saira sakina sakura sally salma
    salome saltanat samantha samina samira sanaa sandra sandrine sandy sanja sanna sanne saoirse sapna sara
    sarah sari sarita saskia saskya saule sayuri scarlett sela selamawit selena selin selina selma semra senait
    serafina serena setsuko seung-hee sevda sevgi shabana shabnam shaheen shaista shakira shameem shanice
    shannon shantelle shanthi sharleen sharmila sharon sharona shauna shazia sheena sheila shelagh shelley
    sheree shereen sherry sheryl shilpa shiori shira shirin shirley shiva-lakshmi shoshana shreya shu-fen
    shulamit sian sibel sibyl sidonie sidsel siegrid signe sigrid sigridur sigrun silje silke silvana silvia
    simona simone-marie simonetta sina sinead siobhan siri siti siv sive sjoukje sneha snezana sofia sofie
    sofija solange soledad solveig somaya sonal sonali sondra sonia sonja soo-yeon sophia sophie soraya sorcha
    sri stacey stana stanislava stefania stefanie steffi steinunn stella stephanie stina sue suha suhaila
    sukanya suman sumaya sumitra sun-hee sun-young sunaina sunita sunniva suriya susan susana susann susanna
    susannah susanne sushila sushma susie suvi suzan suzana suzanna suzanne suzette suzy svenja svetla svetlana
    swati sybil sybille sylvi sylvia sylvie synne szilvia tabea tabitha taina talia talitha tallulah tamar
    tamara tamika tamiko tammi tammy tamsin tania tansy tanya tara taryn tasha tatiana tatjana tatum-lee tea
    teagan teodora teresa teresita terhi teri teréz tess tessa tessie thalia thandeka thandi thandiswa thea
    thekla thelma thembi theodora theresa thi thu thuy thérèse tia tiffany tigist tiina tilda tilly timea tina
    tina-marie tiphaine tirza titilayo tiziana tjitske toinette tomasina tomoko toni tordis torill tove tracey
    traudl treasa tricia trina trine trinidad trish trisha trixie trond-marie troy-ann trudy truus tsehay tua
    tui tuula tuuli tuva tuyet tzipora ubah uju ulla ulla-maija ulpia ulrike uma una urania ursula urszula uschi
    uta ute valborg valda valentina valentine valeria valerie valerija valeska vanda vanessa vanja vasanthi
    vasiliki vasilisa veena velma venera vera vera-lynn verena verity verna veronica veronika veslemoy vesna
    vibeke vicky victoria vida vidya viera vigdis vilja vilma vimala viola violet violeta violetta virginia
    virginie virpi vita vittoria viveca viveka vivi viviana viviane vivienne vlasta volha wafa wahida waltraud
    wanda wangari wanjiru waris wenche wendela wendi wendy whitney wiebke wietske wiktoria wilhelmina wilhelmine
    willemijn willow wilma winifred winnie winona wioletta wislawa wulan xanthe xenia xiaoling ximena xiomara
    xiuying xochitl yaa yaara yadira yael yajaira yaneth yara yaroslava yasmin yasmine yekaterina yelena yesenia
    yetunde yevgenia yewande ylva yngvild yoko yolanda yolande yoon-ah yoshiko yrsa ysabel ysolde yuka yukari
    yukiko yuko yulia yuliya yumi yuri-ann yuriko yusra yvette yvonna yvonne zadie zaha zahra zaida zainab zakia
    zanele zaneta zara zara-lee zarina zdenka zehra zeinab zeituna zelda zelia zena zenobia zenzele zeynep
    zhanna zhen zina zinaida zita zivile zlata zoe zofia zoi zoraida zoya zsofia zsuzsa zsófia zuleika zulema
    zuzana zuzanna
    """.split()
)

EITHER = frozenset(
    """
    alex andie anh ariel asa ash asuka aubrey avery beau bobbie briar carey casey cato charley chidera chris
    dana darcy deniz devon drew ellery ellis emery evelyn finley frances frankie gabi gale hai hayden hee hikaru
    hilary hob hollis hub hyun jackie jaden jan jayden jean jean-marie jess ji-won jing-yi jo jody joey jordan
    jude jules jun jung kagiso kai kaoru kasey keegan kelly kerry kim kingsley kit kwan kyung landry lane laurie
    lee leigh lennox lerato lindsay lindsey linh lior loren lou lupe luyanda lyle mackenzie makoto mel merle
    merrill micah mick mika ming minh-anh morgan nao ngoc ngozi nicky nicola noor nur oakley ola ollie pat pax
    peyton phoenix presley qing quinn reagan reese rei remy riley ripley robbie robin roni rory rowan ru ryan
    ryo sacha sam sang sascha sasha shelby shiloh shinobu shu sidney skyler soo soo-jin stevie sunny sydney
    tatum taylor tebogo thanh toby tomo tracy tsubasa val vivian wei wen wick wren xiao xin yan yi ying yong yu
    yuki zhi zion
    """.split()
)
"""Given to both: they tell a person, not a gender."""

NICKNAMES = dict(
    pair.split(":")
    for pair in """
    abe:abraham al:albert alex:alexander andy:andrew becky:rebecca ben:benjamin bernie:bernard beth:elizabeth
    bill:william billy:william bob:robert bobby:robert cathy:catherine charlie:charles chris:christopher
    chuck:charles dan:daniel danny:daniel dave:david debbie:deborah dick:richard don:donald doug:douglas ed:edward
    fred:frederick greg:gregory jack:john jake:jacob jeff:jeffrey jerry:gerald jim:james jimmy:james joe:joseph
    josh:joshua kate:katherine kathy:kathleen katie:katherine ken:kenneth larry:lawrence liz:elizabeth matt:matthew
    mike:michael mitt:willard nick:nicholas norm:norman pat:patrick pete:peter phil:philip ray:raymond rick:richard
    rob:robert ron:ronald sam:samuel steve:steven sue:susan ted:edward terry:terence tim:timothy tom:thomas
    tommy:thomas tony:anthony vicky:victoria will:william
    """.split()
)
"""Short forms in common use; each counts as its long form when two full names are compared."""
