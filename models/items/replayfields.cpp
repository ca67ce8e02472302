#include "replayfields.h"

#include "stopoverview.h"

#include <QObject>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// In the order in which they are offered.
constexpr SpanText splitTexts[] = {SpanText::PromptVersion, SpanText::PromptName, SpanText::Environment,
                                   SpanText::Service,       SpanText::Agent,      SpanText::Provider,
                                   SpanText::Plan,          SpanText::Tenant,     SpanText::Trigger,
                                   SpanText::Device,        SpanText::Session};

std::string_view stringOf(const Corpus& corpus, TraceColumn column, std::uint32_t trace)
{
    return corpus.strings[StringId{static_cast<std::uint32_t>(corpus.traces.at(column, trace))}];
}

/// The task id, else the name of the trace.
std::string_view taskOf(const Corpus& corpus, std::uint32_t trace)
{
    const std::string_view task = stringOf(corpus, TraceColumn::Task, trace);
    return task.empty() ? stringOf(corpus, TraceColumn::Name, trace) : task;
}

/// Paths without the folders and the ends that all of them have.
std::vector<std::string> shortNames(const std::vector<std::string>& paths)
{
    if (paths.size() < 2)
        return paths;
    std::size_t begin = paths.front().size();
    for (const std::string& path : paths) {
        const auto differs = std::mismatch(path.begin(), path.end(), paths.front().begin(), paths.front().end()).first;
        begin = std::min(begin, static_cast<std::size_t>(differs - path.begin()));
    }
    begin = begin == 0 ? 0 : paths.front().rfind('/', begin - 1) + 1; // npos + 1 is 0
    std::vector<std::string> names;
    for (const std::string& path : paths)
        names.push_back(path.substr(begin));
    return names;
}

class FieldMaker
{
public:
    FieldMaker(const Corpus& corpus, std::string name)
        : m_corpus(corpus)
        , m_field{std::move(name), {}}
    {
    }

    void add(std::uint32_t trace, std::string_view value)
    {
        if (value.empty() || m_tooMany)
            return;
        const auto [at, isNew] = m_numbers.try_emplace(std::string(value), m_field.values.size());
        if (isNew) {
            m_tooMany = m_field.values.size() == mostFieldValues;
            m_field.values.push_back({std::string(value), {}, 0});
        }
        m_field.values[at->second].traces.push_back(trace);
    }

    void finish(ReplayFields& into)
    {
        if (m_tooMany || m_field.values.size() < 2)
            return;
        for (ReplayValue& value : m_field.values) {
            std::set<std::string_view> tasks;
            for (const std::uint32_t trace : value.traces)
                tasks.insert(taskOf(m_corpus, trace));
            value.tasks = static_cast<std::uint32_t>(tasks.size());
        }
        into.push_back(std::move(m_field));
    }

private:
    const Corpus& m_corpus;
    ReplayField m_field;
    std::unordered_map<std::string, std::size_t> m_numbers;
    bool m_tooMany = false;
};

std::size_t sharedTasks(const Corpus& corpus, const ReplayValue& a, const ReplayValue& b)
{
    std::set<std::string_view> tasks;
    for (const std::uint32_t trace : a.traces)
        tasks.insert(taskOf(corpus, trace));
    std::set<std::string_view> shared;
    for (const std::uint32_t trace : b.traces) {
        const std::string_view task = taskOf(corpus, trace);
        if (!task.empty() && tasks.count(task) > 0)
            shared.insert(task);
    }
    return shared.size();
}

} // namespace

ReplayFields replayFields(const Corpus& corpus, const std::vector<std::string>& sources)
{
    ReplayFields fields;
    const std::uint32_t traces = corpus.traces.rows();
    FieldMaker models(corpus, "model");
    FieldMaker files(corpus, "file");
    FieldMaker runs(corpus, "run");
    const std::vector<std::string> names = shortNames(sources);
    std::unordered_map<std::string_view, int> seen;
    for (std::uint32_t trace = 0; trace < traces; ++trace) {
        models.add(trace, stringOf(corpus, TraceColumn::Model, trace));
        const std::int64_t source = corpus.traces.at(TraceColumn::Source, trace);
        if (source >= 0 && source < static_cast<std::int64_t>(names.size()))
            files.add(trace, names[static_cast<std::size_t>(source)]);
        if (const std::string_view task = taskOf(corpus, trace); !task.empty())
            runs.add(trace, "run " + std::to_string(++seen[task]));
    }
    models.finish(fields);
    files.finish(fields);
    for (const SpanText text : splitTexts) {
        if (!corpus.spans.has(columnOf(text)))
            continue;
        FieldMaker maker(corpus, std::string(name(text)));
        for (std::uint32_t trace = 0; trace < traces; ++trace) {
            for (const Row row : corpus.rowsOf(trace)) {
                if (const std::string_view value = corpus.text(text, row); !value.empty()) {
                    maker.add(trace, value);
                    break;
                }
            }
        }
        maker.finish(fields);
    }
    runs.finish(fields);
    return fields;
}

ReplaySides likelySides(const ReplayFields& fields, const Corpus& corpus)
{
    ReplaySides best;
    std::size_t most = 0;
    for (const ReplayField& field : fields) {
        std::vector<const ReplayValue*> values;
        for (const ReplayValue& value : field.values)
            values.push_back(&value);
        std::stable_sort(values.begin(), values.end(),
                         [](const auto* a, const auto* b) { return a->tasks > b->tasks; });
        values.resize(std::min<std::size_t>(values.size(), 8));
        for (std::size_t i = 0; i < values.size(); ++i) {
            for (std::size_t j = i + 1; j < values.size(); ++j) {
                const std::size_t shared = sharedTasks(corpus, *values[i], *values[j]);
                if (shared <= most)
                    continue;
                most = shared;
                // The earlier one in the corpus is taken for the base.
                const bool ordered = values[i]->traces.front() < values[j]->traces.front();
                best = {field.name, (ordered ? values[i] : values[j])->text, {(ordered ? values[j] : values[i])->text}};
            }
        }
    }
    return best;
}

const ReplayField* fieldNamed(const ReplayFields& fields, const std::string& name)
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const ReplayField& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

std::vector<std::vector<std::uint32_t>> tracesOfSides(const ReplayFields& fields, const ReplaySides& sides)
{
    const ReplayField* const field = fieldNamed(fields, sides.field);
    std::vector<std::vector<std::uint32_t>> traces;
    std::vector<std::string> names{sides.base};
    names.insert(names.end(), sides.candidates.begin(), sides.candidates.end());
    for (const std::string& side : names) {
        const auto value = field ? std::find_if(field->values.begin(), field->values.end(),
                                                [&](const ReplayValue& each) { return each.text == side; })
                                 : std::vector<ReplayValue>::const_iterator();
        if (!field || value == field->values.end())
            return {};
        traces.push_back(value->traces);
    }
    return traces;
}

const std::string* sideNamed(const std::vector<std::string>& names, std::string_view said)
{
    const auto endsWith = [](std::string_view path, std::string_view end) {
        return !end.empty() && path.size() > end.size() && path.ends_with(end) &&
               path[path.size() - end.size() - 1] == '/';
    };
    auto found = std::find(names.begin(), names.end(), said);
    if (found == names.end())
        found = std::find_if(names.begin(), names.end(),
                             [&](const std::string& name) { return endsWith(name, said) || endsWith(said, name); });
    return found == names.end() ? nullptr : &*found;
}

ReplaySides sidesNow(const ReplayFields& fields, ReplaySides sides)
{
    const ReplayField* const field = fieldNamed(fields, sides.field);
    if (!field)
        return sides;
    const std::vector<std::string> names = valuesOf(*field);
    const auto rename = [&](std::string& side) {
        if (const std::string* const now = sideNamed(names, side))
            side = *now;
    };
    rename(sides.base);
    for (std::string& candidate : sides.candidates)
        rename(candidate);
    return sides;
}

std::vector<std::string> valuesOf(const ReplayField& field)
{
    std::vector<std::string> values;
    for (const ReplayValue& value : field.values)
        values.push_back(value.text);
    return values;
}

std::vector<std::string> endsOfNames(const std::vector<std::string>& names)
{
    if (names.size() < 2)
        return names;
    std::size_t shared = names.front().size();
    for (const std::string& name : names) {
        const auto apart = std::mismatch(names.front().begin(), names.front().end(), name.begin(), name.end());
        shared = std::min(shared, static_cast<std::size_t>(apart.first - names.front().begin()));
    }
    constexpr std::string_view between = "_-./: ";
    const std::size_t last = std::string_view(names.front()).substr(0, shared).find_last_of(between);
    const std::size_t before =
        last == std::string::npos || last == 0 ? std::string::npos : names.front().find_last_of(between, last - 1);
    if (before == std::string::npos)
        return names;
    std::vector<std::string> ends;
    for (const std::string& name : names)
        ends.push_back("\u2026" + name.substr(before + 1));
    return ends;
}

QString replayFieldText(const std::string& field)
{
    if (field == "model")
        return QObject::tr("Model");
    if (field == "file")
        return QObject::tr("File");
    if (field == "run")
        return QObject::tr("Run of the task");
    for (const SpanText text : splitTexts) {
        if (field == name(text))
            return groupingText(text);
    }
    return QString::fromStdString(field);
}

} // namespace arcscope
