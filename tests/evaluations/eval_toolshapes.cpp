// layers: core analysis Qt6::Core
// Measures the rules for shapes of results on recorded conversations: how often they flag results as they are, and how
// many changes they find that are planted into one result. Prints the figures and fails where one misses its goal. The
// folder of the set may be given; "--show" prints what fires.
#include "chattrace.h"
#include "resultshape.h"
#include "toldmeasures.h"
#include "toolthresholds.h"
#include "traceclaims.h"

#include <array>
#include <map>
#include <set>

using namespace arcscope;
using namespace arcscope::evaluation;

namespace
{

bool show = false;

struct Counts {
    std::size_t right = 0;
    std::size_t all = 0;
};

constexpr std::array kinds{"member removed", "member renamed", "member added",         "number as text",
                           "text as number", "value null",     "text in place of JSON"};

/// The rules that are to tell of each.
const std::array<std::set<std::string_view>, kinds.size()> rulesFor{{{"shape.path_removed"},
                                                                     {"shape.path_removed", "shape.path_added"},
                                                                     {"shape.path_added"},
                                                                     {"shape.type_changed"},
                                                                     {"shape.type_changed"},
                                                                     {"shape.null_new"},
                                                                     {"shape.became_text"}}};

std::set<std::string_view> rulesOf(const std::vector<ShapeChange>& changes)
{
    std::set<std::string_view> rules;
    for (const ShapeChange& change : changes)
        rules.insert(ruleOf(change.kind));
    return rules;
}

/// The result with one change of that kind, at a member that the seed picks; empty: there is none to change.
std::string changed(const std::string& text, std::size_t kind, std::uint64_t seed)
{
    if (kind == 6)
        return "<html><body>502 Bad Gateway</body></html>";
    JsonStory story;
    story.feed(text);
    if (story.finish() != JsonState::Complete)
        return {};
    std::vector<JsonIndex> members;
    for (JsonIndex i = 0; i < story.size(); ++i) {
        const JsonNode& node = story.node(i);
        // Keys that are data have no place of their own.
        if (node.keyAt < 0 || isIdLike(node.key))
            continue;
        const bool fits = kind < 3 || (kind == 3 && node.kind == JsonKind::Number) ||
                          (kind == 4 && node.kind == JsonKind::String) || (kind == 5 && node.kind != JsonKind::Null);
        if (fits)
            members.push_back(i);
    }
    if (members.empty())
        return {};
    const JsonIndex chosen = members[(seed >> 20U) % members.size()];
    const JsonNode& node = story.node(chosen);
    const auto key = static_cast<std::size_t>(node.keyAt);
    const auto from = static_cast<std::size_t>(node.opened);
    const auto end = static_cast<std::size_t>(node.end);
    const std::string value = text.substr(from, end - from);
    switch (kind) {
    case 0: {
        const bool last = story.nextSibling(chosen) < 0;
        std::size_t cutFrom = key;
        std::size_t cutTo = end;
        if (!last)
            cutTo = static_cast<std::size_t>(story.node(story.nextSibling(chosen)).keyAt);
        else if (const std::size_t comma = text.rfind(',', key); node.ordinal > 0 && comma != std::string::npos)
            cutFrom = comma;
        return text.substr(0, cutFrom) + text.substr(cutTo);
    }
    case 1:
        return text.substr(0, key + 1) + "new_" + text.substr(key + 1);
    case 2:
        return text.substr(0, key) + "\"confidence\": 0.4, " + text.substr(key);
    case 3:
        return text.substr(0, from) + '"' + value + '"' + text.substr(end);
    case 4:
        return text.substr(0, from) + "12" + text.substr(end);
    default:
        return text.substr(0, from) + "null" + text.substr(end);
    }
}

} // namespace

int main(int count, char** arguments)
{
    const std::string ownFolder = std::string(ARCSCOPE_SHARED_DIR) + "/bench";
    std::string folder = ownFolder;
    for (int i = 1; i < count; ++i) {
        if (std::string_view(arguments[i]) == "--show")
            show = true;
        else
            folder = arguments[i];
    }
    const ToolThresholds thresholds = toolThresholds({});
    std::map<std::string, ShapeHistory> histories;
    std::map<std::string, std::size_t> resultsOf;
    Counts natural;
    std::array<Counts, kinds.size()> seeded{};
    std::size_t results = 0;
    std::map<std::string_view, RuleMeasure> counted;
    for (const Chat& chat : chatsOf(folder + "/tau_trajectories.dev.jsonl")) {
        std::map<std::string, std::string> tools;
        for (std::size_t i = 0; i < chat.messages.size(); ++i) {
            const ChatMessage& message = chat.messages[i];
            for (const ChatMessage::Call& call : message.calls)
                tools[call.id] = call.tool;
            const auto tool = tools.find(message.call);
            if (message.role != "tool" || tool == tools.end() || saysError(message.content))
                continue;
            ++results;
            const auto shape = shapeOf(message.content, thresholds.mapShare);
            ShapeHistory& history = histories.try_emplace(tool->second, thresholds).first->second;
            const bool warm = static_cast<double>(resultsOf[tool->second]) >= thresholds.warmUp;
            const auto changes = history.changesOf(shape ? &*shape : nullptr);
            natural.right += changes.empty() ? 0 : 1;
            ++natural.all;
            for (const std::string_view rule : rulesOf(changes))
                ++counted[rule].fired;
            for (const ShapeChange& change : changes) {
                if (show)
                    std::printf("flagged: %s %s: %s, before %s\n", tool->second.c_str(), change.path.c_str(),
                                change.now.c_str(), change.before.c_str());
            }
            const std::uint64_t seed = wordKey(chat.id + "/" + std::to_string(i));
            const std::size_t kind = seed % kinds.size();
            const std::string other = warm && shape ? changed(message.content, kind, seed) : std::string();
            if (!other.empty()) {
                const auto planted = shapeOf(other, thresholds.mapShare);
                const auto found = rulesOf(history.changesOf(planted ? &*planted : nullptr));
                const bool caught = !found.empty();
                for (const std::string_view rule : rulesFor[kind]) {
                    ++counted[rule].there;
                    counted[rule].right += found.contains(rule) ? 1 : 0;
                }
                for (const std::string_view rule : found)
                    ++counted[rule].fired;
                seeded[kind].right += caught ? 1 : 0;
                ++seeded[kind].all;
                if (!caught && show)
                    std::printf("missed: %s in %s of %s m%zu: %.200s\n", kinds[kind], tool->second.c_str(),
                                chat.id.c_str(), i, other.c_str());
            }
            history.learn(shape ? &*shape : nullptr);
            resultsOf[tool->second] += shape ? 1 : 0;
        }
    }
    std::printf("%zu results of %zu tools, warm-up %g\n", results, histories.size(), thresholds.warmUp);
    Counts all;
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        std::printf("  %-24s planted %5zu found %5zu\n", kinds[kind], seeded[kind].all, seeded[kind].right);
        all.right += seeded[kind].right;
        all.all += seeded[kind].all;
    }
    std::printf("  %-24s %5zu of %zu results\n", "flagged as they are", natural.right, natural.all);
    goal("share of natural results that are flagged", share(natural.right, natural.all), "<=", 0.005);
    goal("planted changes that are found", share(all.right, all.all), ">=", 0.95);
    if (folder == ownFolder) {
        std::vector<RuleMeasure> told;
        for (const auto& [rule, counts] : counted)
            told.push_back({rule, MeasureKind::Planted, "one result changed, conversations with an airline",
                            counts.right, counts.fired, counts.there});
        checkTold(told);
    }
    return summary();
}
