#include "arcselection.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::vector<ArcField> madeFields()
{
    using enum ArcFieldKind;
    std::vector<ArcField> fields{
        {"outcome", Outcome, ArcColumn::Outcome, "declined, deferred, failed, succeeded or unknown"},
        {"resolution", Resolution, ArcColumn::Resolution, "how it ended"},
        {"source", Source, ArcColumn::OutcomeSource, "who tells the outcome"},
        {"unit", Unit, ArcColumn::Unit, "what the arc is made of: task, session or trace"},
        {"time", Time, ArcColumn::Start, "when it began"},
        {"day", Day, ArcColumn::Start, "the day on which it began, UTC"},
        {"weekday", Weekday, ArcColumn::Start, "mon to sun, UTC"},
        {"hour", Hour, ArcColumn::Start, "0 to 23, UTC"},
        {"duration", Duration, ArcColumn::Duration, "from the first start to the last end"},
        {"active", Duration, ArcColumn::Active, "time within its stretches"},
        {"resolved", Duration, ArcColumn::Resolved, "time until it was resolved"},
        {"turns", Count, ArcColumn::Turns, "turns of users"},
        {"responses", Count, ArcColumn::Responses, "answers"},
        {"model_calls", Count, ArcColumn::ModelCalls, "model calls"},
        {"tool_calls", Count, ArcColumn::ToolCalls, "tool calls"},
        {"re_asks", Count, ArcColumn::ReAsks, "the same asked again in other words"},
        {"regenerates", Count, ArcColumn::Regenerates, "answers made again"},
        {"edits", Count, ArcColumn::Edits, "answers changed or corrected"},
        {"escalations", Count, ArcColumn::Escalations, "handed to a person, or a person asked for"},
        {"accepts", Count, ArcColumn::Accepts, "thanked, confirmed, applied"},
        {"frustration", Count, ArcColumn::FrustrationSignals, "signals of frustration"},
        {"rescues", Count, ArcColumn::Rescues, "failures that were compensated silently"},
        {"sessions", Count, ArcColumn::Sessions, "sessions it spans"},
        {"devices", Count, ArcColumn::Devices, "devices it spans"},
        {"stretches", Count, ArcColumn::Segments, "stretches in traces"},
        {"stitches", Count, ArcColumn::Stitches, "proposed stitches that nobody decided"},
        {"tokens", Count, ArcColumn::Tokens, "tokens, each response once"},
        {"cost", Money, ArcColumn::Cost, "cost in its currency"},
    };
    for (int i = 0; i < spanTextCount; ++i) {
        const auto tag = static_cast<SpanText>(i);
        fields.push_back({name(tag), Tag, tagColumn(tag), "the value that most of its model calls have"});
    }
    return fields;
}

} // namespace

const std::vector<ArcField>& arcFields()
{
    static const std::vector<ArcField> fields = madeFields();
    return fields;
}

const ArcField* arcField(std::string_view name)
{
    for (const ArcField& field : arcFields()) {
        if (field.name == name)
            return &field;
    }
    return nullptr;
}

const ArcField& arcField(SpanText tag)
{
    const auto first = arcFields().size() - static_cast<std::size_t>(spanTextCount);
    return arcFields()[first + static_cast<std::size_t>(tag)];
}

std::vector<std::string_view> arcWords(ArcFieldKind kind)
{
    std::vector<std::string_view> words;
    const auto add = [&]<typename Enum>(Enum, int count) {
        for (int i = 0; i < count; ++i)
            words.push_back(name(static_cast<Enum>(i)));
    };
    switch (kind) {
    case ArcFieldKind::Outcome:
        add(ArcOutcome{}, arcOutcomeCount);
        break;
    case ArcFieldKind::Resolution:
        add(ArcResolution{}, arcResolutionCount);
        break;
    case ArcFieldKind::Source:
        add(ArcSource{}, arcSourceCount);
        break;
    case ArcFieldKind::Unit:
        add(ArcUnit{}, 3);
        break;
    case ArcFieldKind::Weekday:
        words.assign(weekdays.begin(), weekdays.end());
        break;
    default:
        break;
    }
    return words;
}

} // namespace arcscope
