#include "arclabels.h"
#include "arcsettings.h"
#include "jsonread.h"
#include "turnacts.h"

#include <algorithm>
#include <array>
#include <map>

namespace arcscope
{
namespace
{

using Fields = std::vector<Attribute>;

/// The first of these that has a value.
template <std::size_t count>
std::string valueOf(const Fields& fields, const std::array<std::string_view, count>& keys)
{
    for (const std::string_view key : keys) {
        const auto found =
            std::find_if(fields.begin(), fields.end(), [&](const Attribute& one) { return one.key == key; });
        if (found != fields.end() && found->type != AttributeType::Null && !found->value.empty())
            return found->value;
    }
    return {};
}

constexpr auto valueKeys = std::to_array<std::string_view>(
    {"gen_ai.evaluation.score.value", "reward", "max_reward", "score.value", "score", "value", "result.score",
     "feedback.value", "output.score", "output.value", "payload.emoji", "payload.output.correct",
     "payload.output.score", "payload.output.passed", "payload.output"});
constexpr auto wordKeys =
    std::to_array<std::string_view>({"gen_ai.evaluation.score.label", "score.label", "label", "stringValue",
                                     "string_value", "result.label", "output.label"});
constexpr auto nameKeys = std::to_array<std::string_view>(
    {"gen_ai.evaluation.name", "name", "assessment_name", "key", "scorer", "metric", "feedback_type"});
/// Attributes of a root that say what became of the run, each by itself.
constexpr auto rootKeys = std::to_array<std::string_view>(
    {"is_correct", "is_corrected", "resolved", "reward", "success", "feedback.score", "feedback.rating",
     "user_feedback", "user_feedback.score", "feedback.thumbs", "user.feedback", "user.feedback.score", "thumbs",
     "task.outcome", "task_outcome", "reward_info.reward", "info.score", "info.reward", "info.resolved"});

/// Attributes "scores.NAME" (Braintrust, Helicone) and "feedback_stats.NAME.avg" (LangSmith).
std::string_view namedBy(std::string_view key)
{
    if (key.starts_with("scores.")) {
        key.remove_prefix(7);
        if (key.ends_with(".value") || key.ends_with(".score"))
            key.remove_suffix(6);
        return key.find('.') == key.npos ? key : std::string_view();
    }
    if (!key.starts_with("feedback_stats.") || !key.ends_with(".avg"))
        return {};
    return key.substr(15, key.size() - 19);
}

/// "annotations.0.score" is the field "score" of the entry "annotations.0". Lists of that kind are Phoenix's
/// annotations, MLflow's assessments, Weave's and LangSmith's feedback.
struct Entry {
    std::string_view name;
    std::string_view field;
};
Entry entryOf(std::string_view key)
{
    constexpr auto lists =
        std::to_array<std::string_view>({"annotations", "span_annotations", "trace_annotations", "session_annotations",
                                         "evaluations", "assessments", "feedback", "feedbacks"});
    std::size_t begin = 0;
    for (int words = 0; words < 3; ++words) {
        const std::size_t end = key.find('.', begin);
        if (end == key.npos)
            return {};
        const std::string_view word = key.substr(begin, end - begin);
        begin = end + 1;
        if (word == "inputs" || word == "input" || word == "outputs" || word == "output" || word == "metadata")
            return {};
        if (std::find(lists.begin(), lists.end(), word) == lists.end())
            continue;
        const std::size_t number = key.find('.', begin);
        if (number == key.npos || number == begin ||
            key.substr(begin, number - begin).find_first_not_of("0123456789") != key.npos)
            return {};
        return {key.substr(0, number), key.substr(number + 1)};
    }
    return {};
}

/// A list of that kind that is kept as JSON.
bool isEntryList(std::string_view key)
{
    return entryOf(std::string(key) + ".0.x").name == std::string(key) + ".0";
}

/// The members of each object of a list, with dotted keys.
std::vector<Fields> entriesOf(const std::string& json)
{
    constexpr std::size_t mostBytes = 1'000'000;
    JsonStory story;
    if (json.size() > mostBytes || (story.feed(json), story.finish() != JsonState::Complete))
        return {};
    JsonReading reading(story);
    if (story.size() == 0 || reading.kind(0) != JsonKind::Array)
        return {};
    std::vector<Fields> entries;
    std::vector<std::string> paths(static_cast<std::size_t>(story.size()));
    for (JsonIndex i = 1; i < story.size(); ++i) {
        const JsonNode& node = story.node(i);
        if (node.parent == 0) {
            entries.emplace_back();
            continue;
        }
        const std::string& above = paths[static_cast<std::size_t>(node.parent)];
        const std::string key = node.key.empty() ? std::to_string(node.ordinal) : node.key;
        paths[static_cast<std::size_t>(i)] = above.empty() ? key : above + '.' + key;
        const bool scalar = node.kind != JsonKind::Object && node.kind != JsonKind::Array;
        if (scalar && !entries.empty())
            entries.back().push_back({paths[static_cast<std::size_t>(i)],
                                      node.kind == JsonKind::Null ? std::string() : reading.text(i),
                                      node.kind == JsonKind::Null ? AttributeType::Null : AttributeType::Text});
    }
    return entries;
}

bool hasEvaluation(const Fields& attributes)
{
    return std::any_of(attributes.begin(), attributes.end(),
                       [](const Attribute& one) { return one.key == "gen_ai.evaluation.name"; });
}

class LabelReader
{
public:
    LabelReader(TraceReading& trace, std::vector<ArcLabel>& into, std::vector<ArcLabel>& ofTasks)
        : m_trace(trace)
        , m_spans(trace.corpus().spans)
        , m_into(into)
        , m_ofTasks(ofTasks)
        , m_successScore(arcThresholds(trace.settings()).successScore)
    {
    }

    void read()
    {
        if (m_trace.rows().empty())
            return;
        m_task = m_spans.text(SpanText::Task, m_trace.rows().front());
        for (const Row row : m_trace.rows())
            read(row);
    }

    void read(Row row)
    {
        const auto content = m_trace.content(row);
        if (!content)
            return;
        m_around = content->attributes;
        const bool root = isRoot(row);
        if (m_spans.kind(row) == SpanKind::Evaluator) {
            evaluation(row, *content);
        } else {
            fields(row, content->attributes, root);
            if (root && hasEvaluation(content->attributes))
                keep(row, labelOf(row, content->attributes, noTime, true, LabelFields::OfSpan));
        }
        if (row == m_trace.rows().front()) // of the whole trace, on every span of it
            fields(row, content->resource, true);
        for (const SpanEvent& event : content->events) {
            if (event.name == "gen_ai.evaluation.result")
                keep(row, labelOf(row, event.attributes, event.time, root));
        }
    }

private:
    bool isRoot(Row row) const { return m_spans.at(SpanColumn::Depth, row) == 0; }

    /// Between it and a root are only spans that gather evaluations.
    bool judgesWhole(Row row) const
    {
        for (Row up = m_spans.parent(row); up != noRow && !isRoot(up); up = m_spans.parent(up)) {
            const std::string name = plainWords(m_trace.corpus().text(SpanText::Name, up));
            if (m_spans.kind(up) != SpanKind::Evaluator && name.find("scor") == name.npos &&
                name.find("eval") == name.npos)
                return false;
        }
        return true;
    }

    ArcPlace placeOf(Row row, Nanos time) const
    {
        return {row, time != noTime ? time : m_spans.range(row).end, {}, -1, -1};
    }

    void evaluation(Row row, const SpanContent& content)
    {
        const bool onWhole = judgesWhole(row);
        RecordedLabel label = labelOf(row, content.attributes, noTime, onWhole);
        label.name = nameOf(row, label.name);
        if (label.value.empty() && label.word.empty() && content.toolResult.size() < 40) {
            label.value = content.toolResult;
            label.place.text.of = label.value.empty() ? TextPlace::Of::None : TextPlace::Of::ToolResult;
        }
        if (label.value.empty() && label.word.empty()) {
            const SpanStatus status = m_spans.status(row);
            label.word = status == SpanStatus::Ok ? "pass" : status == SpanStatus::Error ? "fail" : "";
        }
        keep(row, label);
        fields(row, content.attributes, onWhole);
    }

    /// A recorded name of the evaluation, else that of its span.
    std::string nameOf(Row row, const std::string& recorded) const
    {
        std::string name(m_trace.corpus().text(SpanText::Name, row));
        if (name.starts_with("score "))
            name.erase(0, 6);
        return recorded.empty() || name.empty() ? recorded + name : recorded;
    }

    RecordedLabel labelOf(Row row, const Fields& fields, Nanos time, bool onWhole,
                          LabelFields whose = LabelFields::OfLabel) const
    {
        RecordedLabel label;
        label.name = valueOf(fields, nameKeys);
        label.value = valueOf(fields, valueKeys);
        label.word = valueOf(fields, wordKeys);
        label.human = isPersonsSource(labelSourceIn(fields));
        label.onWhole = onWhole;
        label.place = placeOf(row, time);
        label.fields = fields;
        label.whose = whose;
        label.told = time;
        return label;
    }

    /// Labels among the attributes of a span, or of the resource of its trace.
    void fields(Row row, const Fields& attributes, bool onWhole)
    {
        std::map<std::string_view, Fields> entries;
        for (std::size_t i = 0; i < attributes.size(); ++i) {
            const Attribute& attribute = attributes[i];
            if (const Entry entry = entryOf(attribute.key); !entry.name.empty()) {
                entries[entry.name].push_back({std::string(entry.field), attribute.value, attribute.type});
                continue;
            }
            if (attribute.type == AttributeType::Json && isEntryList(attribute.key)) {
                for (const Fields& entry : entriesOf(attribute.value))
                    keep(row, labelOf(row, entry, noTime, onWhole));
                continue;
            }
            const bool ofRoot =
                onWhole && (std::find(rootKeys.begin(), rootKeys.end(), attribute.key) != rootKeys.end() ||
                            isTicketLabel(attribute.key));
            const std::string_view name = ofRoot ? std::string_view(attribute.key) : namedBy(attribute.key);
            if (name.empty() || attribute.type == AttributeType::Json || attribute.type == AttributeType::Null)
                continue;
            RecordedLabel label;
            label.name = name;
            label.value = attribute.value;
            label.onWhole = onWhole;
            label.fields = attributes;
            label.place = placeOf(row, noTime);
            label.place.text = {TextPlace::Of::Attribute, static_cast<std::uint32_t>(i), 0};
            keep(row, label);
        }
        for (const auto& [name, of] : entries) {
            const bool wide = name.starts_with("trace") || name.starts_with("session");
            keep(row, labelOf(row, of, noTime, onWhole || wide));
        }
    }

    void keep(Row row, const RecordedLabel& label)
    {
        auto decided = judged(label, m_successScore);
        if (!decided)
            return;
        sign(row, label, *decided);
        const StringId task = m_spans.text(SpanText::Task, row);
        (task && task != m_task ? m_ofTasks : m_into).push_back(std::move(*decided));
    }

    /// Who gave it and when, as it says itself, else as its span does; of an evaluation that is a span its model
    /// judges.
    void sign(Row row, const RecordedLabel& label, ArcLabel& decided) const
    {
        const bool evaluates = m_spans.kind(row) == SpanKind::Evaluator;
        std::string author = labelAuthorIn(label.fields, label.whose, decided.human);
        if (!isNamedAuthor(author)) {
            if (std::string around = labelAuthorIn(m_around, LabelFields::OfSpan, decided.human); isNamedAuthor(around))
                author = std::move(around);
        }
        if (evaluates && !decided.human && !isNamedAuthor(author)) {
            for (const SpanText text : {SpanText::ModelRequested, SpanText::ModelServed}) {
                if (const std::string_view model = m_trace.corpus().text(text, row); !model.empty())
                    author = model;
            }
        }
        decided.author = std::move(author);
        decided.given = labelTimeIn(label.fields);
        if (decided.given == noTime)
            decided.given = labelTimeIn(m_around);
        if (decided.given == noTime)
            decided.given = evaluates ? m_spans.start(row) : label.told;
    }

    TraceReading& m_trace;
    const SpanTable& m_spans;
    std::vector<ArcLabel>& m_into;
    std::vector<ArcLabel>& m_ofTasks;
    double m_successScore;
    std::span<const Attribute> m_around; ///< attributes of the span that is read
    StringId m_task;
};

} // namespace

void findLabels(TraceReading& trace, std::vector<ArcLabel>& into, std::vector<ArcLabel>& ofTasks)
{
    LabelReader(trace, into, ofTasks).read();
}

std::vector<ArcLabel> labelsOf(TraceReading& trace, Row row)
{
    std::vector<ArcLabel> labels;
    LabelReader(trace, labels, labels).read(row);
    return labels;
}

} // namespace arcscope
