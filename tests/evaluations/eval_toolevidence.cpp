// layers: core analysis Qt6::Core
// Measures the rules that hold statements against tool results on recorded conversations: how often they fire as it is,
// and how many errors they find that are planted into a message. Prints the figures and fails where one misses its
// goal. The folder of the set may be given; "--show" prints what fires.
#include "chattrace.h"
#include "claimevidence.h"
#include "toldmeasures.h"

#include <array>
#include <map>

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

bool show = false;

/// A value of a message, by its bytes.
struct Stated {
    TypedValue value;
    std::size_t from = 0;
    std::size_t to = 0;
};

/// Amounts, dates, times, record names, and numbers from 10 on, as a reader of the text alone would pick them.
std::vector<Stated> statedIn(const std::string& text)
{
    std::vector<Stated> found;
    ClaimReader reader;
    for (const Sentence& sentence : sentencesOf(text)) {
        const auto from = static_cast<std::size_t>(sentence.from);
        const ClaimSentence claim =
            reader.read(std::string_view(text).substr(from, static_cast<std::size_t>(sentence.to) - from),
                        sentence.kind, sentence.from);
        for (std::size_t i = 0; i < claim.values.size(); ++i) {
            const ByteRange bytes = bytesOf(claim, i);
            const std::string_view written = partOf(text, bytes);
            const TypedValue& value = claim.values[i];
            const bool digits = written.find_first_of("0123456789") != std::string_view::npos;
            const bool kept = value.type == ValueType::Money || value.type == ValueType::Clock ||
                              (value.type == ValueType::Date && static_cast<int>(value.number) % 100 != 0) ||
                              (value.type == ValueType::Identifier && digits && namesRecord(written)) ||
                              (value.type == ValueType::Cardinal && value.unit != "s" && digits && value.number >= 10);
            if (kept && !value.range)
                found.push_back({value, static_cast<std::size_t>(bytes.from), static_cast<std::size_t>(bytes.to)});
        }
    }
    return found;
}

/// Another value of the same type, written alike; the same for the same seed. Empty: none.
std::string changed(const Stated& stated, const std::string& text, std::uint64_t seed)
{
    std::string written = text.substr(stated.from, stated.to - stated.from);
    constexpr std::array steps{1, 2, 5, 7, 10, 13, 30, 100};
    const int step = steps[seed % steps.size()];
    const auto digits = written.find_first_of("0123456789");
    switch (stated.value.type) {
    case ValueType::Date: {
        const int whole = static_cast<int>(stated.value.number);
        const int day = (whole % 100 + 1 + static_cast<int>(seed % 5) - 1) % 28 + 1;
        return "2024-" + std::string(whole / 100 % 100 < 10 ? "0" : "") + std::to_string(whole / 100 % 100) + "-" +
               (day < 10 ? "0" : "") + std::to_string(day);
    }
    case ValueType::Clock: {
        const int minutes = static_cast<int>(stated.value.number) + 60 * (1 + static_cast<int>(seed % 4)) + 7;
        const int hour = minutes / 60 % 24;
        return (hour < 10 ? "0" : "") + std::to_string(hour) + ":" + (minutes % 60 < 10 ? "0" : "") +
               std::to_string(minutes % 60);
    }
    case ValueType::Identifier: {
        const std::size_t at = written.find_last_of("0123456789");
        written[at] = static_cast<char>('0' + (written[at] - '0' + 1 + static_cast<int>(seed % 8)) % 10);
        return written;
    }
    default: {
        std::size_t end = digits;
        std::string plain;
        while (end < written.size() && (written[end] == ',' || (written[end] >= '0' && written[end] <= '9'))) {
            if (written[end] != ',')
                plain += written[end];
            ++end;
        }
        if (plain.empty() || plain.size() > 9)
            return {};
        const long number = std::stol(plain);
        const long other = (seed >> 8u) % 2 == 0 || number <= step ? number + step : number - step;
        return written.substr(0, digits) + std::to_string(other) + written.substr(end);
    }
    }
}

struct Counts {
    std::size_t right = 0;
    std::size_t all = 0;
};

const Detector& detector()
{
    return detectorNamed("tool-evidence");
}

/// Whether the detector fires in the last message, over these bytes, once `text` stands there.
bool isCaught(Chat chat, std::size_t message, const std::string& text, std::size_t from, std::size_t to,
              std::string_view rule)
{
    chat.messages[message].content = text;
    TraceScript script = scriptOf(chat, message + 1);
    const Row row = rowNamed(script.corpus, "m" + std::to_string(message));
    for (const Finding& finding : findingsOf(detector(), script)) {
        if (finding.level == FindingLevel::Signal)
            continue; // which a reader does not see unless he asks for them
        const FindingPlace& place = finding.places.front();
        for (const QuoteMark& mark : place.marks) {
            const auto begin = static_cast<std::size_t>(place.from) + mark.from;
            const auto end = static_cast<std::size_t>(place.from) + mark.to;
            const bool named = rule.empty()
                                   ? finding.rule == "claim.unsupported_value" || finding.rule == "claim.wrong_record"
                                   : finding.rule == rule;
            if (place.row == row && begin < to && from < end && named)
                return true;
        }
    }
    return false;
}

/// Values of one type that stand in the tool results so far.
std::vector<std::string> othersOf(const Chat& chat, std::size_t message, const Stated& stated)
{
    std::set<std::string> others;
    for (std::size_t i = 0; i < message; ++i) {
        if (chat.messages[i].role != "tool")
            continue;
        for (const EvidenceKey& key : evidenceKeys(chat.messages[i].content)) {
            const int number = static_cast<int>(key.number);
            if (stated.value.type == ValueType::Date && key.kind == EvidenceKey::Kind::Day)
                others.insert(std::to_string(number / 10'000) + "-" + (number / 100 % 100 < 10 ? "0" : "") +
                              std::to_string(number / 100 % 100) + "-" + (number % 100 < 10 ? "0" : "") +
                              std::to_string(number % 100));
            if (stated.value.type == ValueType::Clock && key.kind == EvidenceKey::Kind::Minute)
                others.insert(std::string(number < 600 ? "0" : "") + std::to_string(number / 60) + ":" +
                              (number % 60 < 10 ? "0" : "") + std::to_string(number % 60));
        }
    }
    return {others.begin(), others.end()};
}

bool stands(const std::string& text, const Stated& stated, const std::string& other)
{
    ValueEvidence evidence;
    evidence.add(text, 0);
    TypedValue value = stated.value;
    for (const EvidenceKey& key : evidenceKeys(other)) {
        if (key.kind == EvidenceKey::Kind::Day || key.kind == EvidenceKey::Kind::Minute)
            value.number = key.number;
    }
    return evidence.first(value, other) != ValueEvidence::none;
}

/// Swaps dates and times of a line that names one record for those of others, where the text, its record and users have
/// no such value.
void swapRecords(const Chat& chat, std::size_t message, Counts& counts)
{
    const std::string& text = chat.messages[message].content;
    const std::vector<Stated> all = statedIn(text);
    for (const Sentence& sentence : sentencesOf(text)) {
        std::vector<const Stated*> within;
        for (const Stated& each : all) {
            if (static_cast<std::int64_t>(each.from) >= sentence.from &&
                static_cast<std::int64_t>(each.to) <= sentence.to)
                within.push_back(&each);
        }
        const auto names =
            std::ranges::count_if(within, [](const Stated* each) { return each->value.type == ValueType::Identifier; });
        if (names != 1)
            continue;
        const Stated* const name =
            *std::ranges::find_if(within, [](const Stated* each) { return each->value.type == ValueType::Identifier; });
        TraceScript script = scriptOf(chat, message + 1);
        ScriptedTrace trace(script, 0);
        ClaimEvidence evidence(trace.claims());
        const std::string named = text.substr(name->from, name->to - name->from);
        const auto records = evidence.records().named(named);
        if (records.empty())
            continue;
        std::string known; // what others said, which may be said again
        for (std::size_t i = 0; i < message; ++i)
            known += chat.messages[i].role == "user" || chat.messages[i].role == "system"
                         ? chat.messages[i].content + "\n"
                         : "";
        for (const NamedRecord& record : records) {
            const SaidText& said = trace.claims().texts()[record.text];
            const JsonNode& node = trace.claims().document(record.text)->story().node(record.object);
            known += std::string(partOf(said.text, {node.opened, node.end})) + "\n";
            if (record.arguments != ToolUse::none)
                known += std::string(trace.claims().texts()[record.arguments].text) + "\n";
        }
        for (const Stated* each : within) {
            std::vector<std::string> others = othersOf(chat, message, *each);
            std::erase_if(others, [&](const std::string& other) { return stands(known, *each, other); });
            if (others.empty())
                continue;
            const std::string& other =
                others[wordKey(chat.id + std::to_string(message) + std::to_string(each->from)) % others.size()];
            const std::string swapped = text.substr(0, each->from) + other + text.substr(each->to);
            const bool caught =
                isCaught(chat, message, swapped, each->from, each->from + other.size(), "claim.wrong_record");
            counts.right += caught ? 1u : 0u;
            ++counts.all;
            if (!caught && show)
                std::printf("swap missed: %s in %s m%zu: %s\n", other.c_str(), chat.id.c_str(), message,
                            text.substr(static_cast<std::size_t>(sentence.from), 160).c_str());
        }
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
    const std::vector<Chat> chats = chatsOf(folder + "/tau_trajectories.dev.jsonl");
    std::map<std::string, std::size_t> fired;
    std::map<ValueType, Counts> natural; // flagged of all
    std::map<ValueType, Counts> seeded;
    Counts swaps;
    std::size_t messages = 0;
    std::size_t flaggedMessages = 0;
    for (const Chat& chat : chats) {
        TraceScript script = scriptOf(chat, chat.messages.size());
        const auto findings = findingsOf(detector(), script);
        std::set<Row> flagged;
        for (const Finding& finding : findings) {
            ++fired[finding.rule + " (" + std::string(name(finding.level)) + ")"];
            const FindingPlace& place = finding.places.front();
            if (show)
                std::printf("%s %s: %s\n    %s\n", chat.id.c_str(), finding.rule.c_str(), finding.what.c_str(),
                            place.quote.c_str());
            if (finding.level == FindingLevel::Signal ||
                (finding.rule != "claim.unsupported_value" && finding.rule != "claim.wrong_record"))
                continue;
            flagged.insert(place.row);
            const std::string& text = script.contents[place.row].output[place.text.message].parts[0].text;
            for (const Stated& stated : statedIn(text)) {
                const auto begin = static_cast<std::size_t>(place.from) + place.marks.at(0).from;
                if (stated.from <= begin && begin < stated.to)
                    ++natural[stated.value.type].right;
            }
        }
        flaggedMessages += flagged.size();
        bool returned = false;
        for (std::size_t i = 0; i < chat.messages.size(); ++i) {
            const ChatMessage& message = chat.messages[i];
            returned = returned || message.role == "tool";
            if (!returned || message.role != "assistant" || message.content.empty())
                continue;
            ++messages;
            const std::vector<Stated> stated = statedIn(message.content);
            for (const Stated& each : stated)
                ++natural[each.value.type].all;
            swapRecords(chat, i, swaps);
            if (stated.empty())
                continue;
            const std::uint64_t seed = wordKey(chat.id + "/" + std::to_string(i));
            const Stated& chosen = stated[(seed >> 16u) % stated.size()];
            const std::string other = changed(chosen, message.content, seed);
            if (other.empty())
                continue;
            const std::string text = message.content.substr(0, chosen.from) + other + message.content.substr(chosen.to);
            const bool caught = isCaught(chat, i, text, chosen.from, chosen.from + other.size(), {});
            Counts& counts = seeded[chosen.value.type];
            counts.right += caught ? 1u : 0u;
            ++counts.all;
            if (!caught && show)
                std::printf("seed missed: %s for %s in %s m%zu\n", other.c_str(),
                            message.content.substr(chosen.from, chosen.to - chosen.from).c_str(), chat.id.c_str(), i);
        }
    }
    std::printf("%zu conversations, %zu messages behind a tool result, %zu of them with a finding of values\n",
                chats.size(), messages, flaggedMessages);
    for (const auto& [rule, times] : fired)
        std::printf("  %-44s fires %4zu times as it is\n", rule.c_str(), times);
    Counts allNatural;
    Counts allSeeded;
    std::printf("  %-18s %9s %9s %9s %9s\n", "value", "natural", "flagged", "changed", "found");
    for (const auto& [type, counts] : natural) {
        const Counts& planted = seeded[type];
        std::printf("  %-18s %9zu %9zu %9zu %9zu\n", std::string(name(type)).c_str(), counts.all, counts.right,
                    planted.all, planted.right);
        allNatural.all += counts.all;
        allNatural.right += counts.right;
        allSeeded.all += planted.all;
        allSeeded.right += planted.right;
    }
    std::printf("  %-18s %9s %9s %9zu %9zu\n", "of another record", "", "", swaps.all, swaps.right);
    goal("share of natural values that are flagged", share(allNatural.right, allNatural.all), "<=", 0.01);
    goal("changed values that are found", share(allSeeded.right, allSeeded.all), ">=", 0.9);
    goal("values of other records that are found", share(swaps.right, swaps.all), ">=", 0.95);
    if (folder == ownFolder) {
        const auto number = [](std::size_t figure) { return static_cast<int>(figure); };
        const auto fires = number(allSeeded.right + allNatural.right); // what fires as it is, is taken to be wrong
        checkTold(
            {{"claim.unsupported_value", MeasureKind::Planted, "a value changed, conversations with an airline",
              number(allSeeded.right), fires, number(allSeeded.all)},
             {"claim.wrong_record", MeasureKind::Planted, "a value of another record, conversations with an airline",
              number(swaps.right), number(swaps.right), number(swaps.all)}});
    }
    return summary();
}
