#include "languagewords.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace arcscope
{
namespace
{

struct ClassWords {
    WordClass which;
    std::string_view words; ///< separated by spaces
};

// Forms as they stand in texts, but for Relation, Good and Bad: there the base form.
constexpr ClassWords classWords[] = {
    {WordClass::Stop,
     "a an the of to in on at by for from with and or but as is are was were be been being am do does did doing done "
     "have has had having will would shall should can could may might must ought it its itself this that these those "
     "there here he she they him her hers his them their theirs we us our ours you your yours i me my mine who whom "
     "whose which what when where why how than then so such very just also too only own same into onto about over "
     "under again further more most other some any each both few out up down off if because while though although "
     "through during between against within upon per via himself herself themselves myself yourself ourselves "
     "well much many even still yet etc please"},
    {WordClass::Negation, "not no never none nobody nothing neither nor nowhere without"},
    {WordClass::WeakNegation,
     "hardly scarcely barely rarely seldom lack lacks lacked lacking fail fails failed failing unable absent absence "
     "prevent prevents prevented refuse refuses refused deny denies denied unlikely impossible false"},
    {WordClass::ScopeEnd,
     "but because although though however that which who whom when where if since as while until unless whereas "
     "except so"},
    {WordClass::Hedge,
     "may might could possibly perhaps probably maybe reportedly allegedly likely unlikely seem seems seemed appear "
     "appears apparently presumably supposedly think thinks believe believes guess suspect unclear unknown unsure "
     "uncertain doubt doubts doubtful"},
    {WordClass::Modal, "would could might may should can must shall ought"},
    {WordClass::Conditional,
     "if unless whenever whether otherwise suppose supposing assuming provided depending depends"},
    {WordClass::Preposition,
     "in on at by from to of with for as into onto under over near against between among through during after before "
     "since until within across around behind below above via is was are were be named called"},
    {WordClass::Be,
     "is are was were be been being am has have had do does did will would shall should can could may might must"},
    {WordClass::Pronoun, "he she it they this that these those we you i who which there"},
    {WordClass::ListCue,
     "including include includes included such like e.g eg example instance among also other others another "
     "additionally besides plus one"},
    {WordClass::Additive,
     "also another additionally furthermore moreover besides then later subsequently other others several various"},
    {WordClass::State,
     "now previously formerly originally initially earlier before after afterwards later then already update updated "
     "updates change changed changes new next again become became becomes currently instead correction corrected "
     "sorry apologize apologise apologies apology actually mistake mistaken meanwhile yesterday today tomorrow "
     "eventually finally first last since until once soon"},
    {WordClass::Relation,
     "bear birth die death marry wed found establish form create invent discover compose paint direct "
     "produce publish release launch open close begin start end finish complete build design sign join leave retire "
     "graduate educate earn elect appoint resign succeed replace lead head own run manage maintain "
     "assign schedule deploy install locate base situate headquarter capital name arrive depart move "
     "return ship deliver sell buy pay cost price charge win lose defeat beat kill star play locate live "
     "belong report expire due version store route set settle grow raise hire set"},
    {WordClass::All, "all every each everyone everybody everything always both everywhere entire entirely"},
    {WordClass::None, "no none nobody nothing never neither nowhere"},
    {WordClass::Some, "some several many few most certain sometimes often various partly partially"},
    {WordClass::Good, "succeed success pass work complete finish successful successfully"},
    {WordClass::Bad, "fail failure break crash abort error broken unsuccessful"},
    {WordClass::Command,
     "make use add try take keep avoid ensure remember consider check click go open run start stop do don't be get put "
     "set give ask let please choose call hold place seek speak talk follow provide contact verify review confirm "
     "note include create write select enter press install read find look"},
    {WordClass::Demonym,
     "american british english scottish welsh irish french german italian spanish portuguese dutch belgian swiss "
     "austrian swedish norwegian danish finnish icelandic polish czech slovak hungarian romanian bulgarian serbian "
     "croatian greek turkish russian ukrainian israeli iranian iraqi syrian lebanese egyptian moroccan algerian "
     "tunisian libyan sudanese ethiopian kenyan nigerian ghanaian ugandan tanzanian indian pakistani bangladeshi "
     "nepali "
     "chinese japanese korean vietnamese thai indonesian malaysian filipino australian canadian mexican cuban "
     "jamaican haitian colombian venezuelan peruvian chilean argentine argentinian brazilian bolivian ecuadorian "
     "uruguayan paraguayan afghan mongolian jordanian kuwaiti saudi qatari armenian georgian estonian latvian "
     "lithuanian slovenian bosnian albanian cypriot maltese catalan bavarian prussian"},
};

struct OppositeWords {
    std::string_view word;
    std::string_view against; ///< separated by spaces; each is the opposite of the word, and the word of each
};

// Base forms where the base form has the meaning, else the form.
constexpr OppositeWords oppositeWords[] = {
    // switches and states
    {"enable", "disable"},
    {"enabled", "disabled"},
    {"activate", "deactivate"},
    {"active", "inactive idle"},
    {"online", "offline"},
    {"on", "off"},
    {"open", "closed close shut"},
    {"lock", "unlock"},
    {"locked", "unlocked"},
    {"available", "unavailable"},
    {"reachable", "unreachable"},
    {"running", "stopped"},
    {"up", "down"},
    {"healthy", "unhealthy degraded"},
    {"stable", "unstable"},
    {"alive", "dead"},
    {"ready", "unready"},
    {"present", "absent missing"},
    {"found", "missing"},
    {"exist", "missing"},
    {"empty", "full"},
    {"encrypted", "unencrypted plaintext"},
    {"public", "private"},
    {"visible", "hidden invisible"},
    {"read-only", "writable"},
    {"synchronous", "asynchronous"},
    {"local", "remote"},
    {"mutable", "immutable"},
    {"signed", "unsigned"},
    {"compressed", "uncompressed"},
    {"cached", "uncached"},
    {"deployed", "undeployed"},
    {"merged", "unmerged"},
    {"supported", "unsupported deprecated"},
    {"permanent", "temporary"},
    {"manual", "automatic"},
    {"manually", "automatically"},
    {"paid", "free unpaid"},
    {"refundable", "nonrefundable non-refundable"},
    {"idempotent", "non-idempotent"},
    {"stateful", "stateless"},
    {"reversible", "irreversible"},
    {"compatible", "incompatible"},
    {"blocking", "non-blocking"},
    // decisions
    {"accept", "reject decline refuse"},
    {"approve", "deny reject decline disapprove"},
    {"allow", "forbid block prohibit prevent deny disallow"},
    {"permit", "forbid prohibit deny"},
    {"grant", "deny revoke"},
    {"confirm", "deny cancel"},
    {"agree", "disagree refuse"},
    {"include", "exclude omit"},
    {"cover", "exclude"},
    {"keep", "delete discard"},
    {"add", "remove"},
    {"install", "uninstall remove"},
    {"subscribe", "unsubscribe"},
    {"connect", "disconnect"},
    {"attach", "detach"},
    {"mount", "unmount"},
    {"import", "export"},
    {"upload", "download"},
    {"required", "optional unnecessary unneeded"},
    {"mandatory", "optional voluntary"},
    {"require", "optional"},
    {"necessary", "unnecessary optional"},
    {"support", "oppose"},
    {"recommended", "discouraged"},
    {"legal", "illegal"},
    {"permitted", "forbidden prohibited"},
    {"eligible", "ineligible"},
    // outcomes
    {"succeed", "fail"},
    {"success", "failure"},
    {"successful", "unsuccessful failed"},
    {"pass", "fail"},
    {"complete", "incomplete"},
    {"completed", "pending unfinished"},
    {"resolved", "unresolved"},
    {"fix", "break"},
    {"valid", "invalid"},
    {"correct", "incorrect wrong"},
    {"right", "wrong"},
    {"possible", "impossible"},
    {"able", "unable"},
    {"win", "lose"},
    {"safe", "unsafe dangerous"},
    {"true", "false"},
    {"yes", "no"},
    {"positive", "negative"},
    {"satisfied", "dissatisfied unsatisfied"},
    {"profit", "loss"},
    {"profitable", "unprofitable"},
    {"gain", "lose loss"},
    // amounts and directions
    {"increase", "decrease decline drop fall reduce shrink"},
    {"rise", "fall drop decline decrease sink"},
    {"grow", "shrink decline"},
    {"expand", "contract shrink"},
    {"more", "less fewer"},
    {"most", "least"},
    {"high", "low"},
    {"higher", "lower"},
    {"highest", "lowest"},
    {"above", "below"},
    {"over", "under"},
    {"maximum", "minimum"},
    {"upper", "lower"},
    {"many", "few"},
    {"major", "minor"},
    {"large", "small"},
    {"improve", "worsen deteriorate degrade"},
    {"strengthen", "weaken"},
    {"better", "worse"},
    {"best", "worst"},
    {"fast", "slow"},
    {"faster", "slower"},
    {"upgrade", "downgrade"},
    {"ahead", "behind"},
    {"exceed", "miss"},
    {"outperform", "underperform"},
    {"overestimate", "underestimate"},
    {"near", "far"},
    {"long", "short"},
    // order and time
    {"before", "after"},
    {"early", "late"},
    {"earlier", "later"},
    {"first", "last"},
    {"begin", "end finish stop"},
    {"start", "stop end finish"},
    {"old", "new young"},
    {"oldest", "newest youngest"},
    {"always", "never rarely sometimes"},
    {"often", "rarely never seldom"},
    {"usually", "rarely never"},
    {"everywhere", "nowhere"},
    {"arrive", "leave depart"},
    {"remember", "forget"},
    {"continue", "stop"},
    // places and people
    {"inside", "outside"},
    {"indoors", "outdoors"},
    {"left", "right"},
    {"north", "south"},
    {"east", "west"},
    {"northern", "southern"},
    {"eastern", "western"},
    {"front", "back rear"},
    {"top", "bottom"},
    {"man", "woman"},
    {"boy", "girl"},
    {"male", "female"},
    {"husband", "wife"},
    {"father", "mother"},
    {"son", "daughter"},
    {"brother", "sister"},
    {"married", "single unmarried divorced"},
    {"asleep", "awake"},
    {"alone", "together"},
    {"together", "separately"},
    {"buy", "sell"},
    {"love", "hate"},
    {"like", "dislike"},
    {"easy", "hard difficult"},
    {"good", "bad"},
    {"same", "different"},
    {"single", "multiple"},
    {"optimistic", "pessimistic"},
    {"simple", "complex complicated"},
    {"with", "without"},
    {"sender", "recipient"},
};

template <typename Visit>
void forEachWord(std::string_view words, const Visit& visit)
{
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (end > 0)
            visit(words.substr(0, end));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

using ClassTable = std::unordered_map<std::string_view, WordClasses>;
using OppositeTable = std::unordered_map<std::string_view, std::vector<std::string_view>>;

ClassTable makeClasses()
{
    static_assert(static_cast<unsigned>(WordClass::Count) <= 32);
    ClassTable table;
    for (const ClassWords& list : classWords) {
        forEachWord(list.words, [&](std::string_view word) { table[word] |= list.which | list.which; });
    }
    return table;
}

OppositeTable makeOpposites()
{
    OppositeTable table;
    for (const OppositeWords& pair : oppositeWords) {
        forEachWord(pair.against, [&](std::string_view word) {
            table[pair.word].push_back(word);
            table[word].push_back(pair.word);
        });
    }
    return table;
}

} // namespace

WordClasses classesOf(std::string_view word)
{
    static const ClassTable table = makeClasses();
    const auto found = table.find(word);
    return found == table.end() ? 0 : found->second;
}

std::span<const std::string_view> listedOpposites(std::string_view word)
{
    static const OppositeTable table = makeOpposites();
    const auto found = table.find(word);
    return found == table.end() ? std::span<const std::string_view>() : found->second;
}

} // namespace arcscope
