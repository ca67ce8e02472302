#include "mappedelements.h"

#include "jsontokens.h"
#include "mappedreader.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Spans whose times are worked out together.
constexpr std::size_t mostInSequence = 100'000;

bool isMany(const MappingStep& step)
{
    return step.kind == MappingStep::Kind::Elements || step.kind == MappingStep::Kind::Members;
}

std::string stemOf(std::string_view fileName)
{
    const std::size_t slash = fileName.find_last_of("/!\\");
    std::string_view stem = slash == std::string_view::npos ? fileName : fileName.substr(slash + 1);
    for (const std::string_view packed : {".gz", ".zst"}) {
        if (stem.ends_with(packed))
            stem.remove_suffix(packed.size());
    }
    const std::size_t dot = stem.rfind('.');
    return std::string(dot == std::string_view::npos || dot == 0 ? stem : stem.substr(0, dot));
}

/// Gives what lies behind the steps, from the first that stands for many on.
void walk(std::span<const MappingStep> steps, const JsonValue& value, std::string_view key,
          const std::function<void(const JsonValue& element, std::string_view key)>& take)
{
    if (steps.empty())
        return take(value, key);
    const MappingStep& step = steps.front();
    const auto rest = steps.subspan(1);
    std::size_t index = 0;
    const bool objects = step.kind == MappingStep::Kind::Key || step.kind == MappingStep::Kind::Members;
    if (objects) {
        value.eachMember([&](std::string_view name, const JsonValue& member) {
            if (step.kind == MappingStep::Kind::Members || step.key == name)
                walk(rest, member, step.kind == MappingStep::Kind::Members ? std::string(name) : std::string(key),
                     take);
        });
        return;
    }
    value.eachElement([&](const JsonValue& element) {
        if (step.kind == MappingStep::Kind::Elements || step.index == index)
            walk(rest, element, key, take);
        ++index;
    });
}

/// The steps of a path from the first that stands for many values on.
std::span<const MappingStep> manySteps(const MappingPath& path)
{
    const auto first = std::find_if(path.steps.begin(), path.steps.end(), isMany);
    return {first, path.steps.end()};
}

} // namespace

MappedElements::Level::Level(const MappingLevel& from)
    : level(&from)
    , places(from)
{
    scope.places = &places;
    for (const MappingRule& rule : from.rules) {
        auto& below = children.emplace_back();
        for (const MappingLevel& child : rule.children)
            below.push_back(std::make_unique<Level>(child));
    }
}

MappedElements::MappedElements(SpanSink& sink, IssueTally& tally, const Mapping& mapping, MappedSource source,
                               std::string_view fileName)
    : m_sink(sink)
    , m_tally(tally)
    , m_mapping(mapping)
    , m_source(std::move(source))
    , m_fileStem(stemOf(fileName))
    , m_fileName(fileName)
    , m_records(mapping.records)
    , m_format(sink.intern(mappedFormatName))
{
}

void MappedElements::begin(Level& level, std::string_view key, std::uint64_t number, const MappingScope* outer)
{
    MappingScope& scope = level.scope;
    scope.outer = outer;
    scope.document = &m_document;
    scope.fileStem = m_fileStem;
    scope.key = key;
    scope.number = number;
    scope.kept.clear();
}

void MappedElements::json(const JsonValue& value, std::string_view key, const MappedIssues& issues)
{
    begin(m_records, key, ++m_number, nullptr);
    m_records.places.picker.pick(value, m_records.scope.values);
    record(value.raw(), issues);
}

void MappedElements::row(const std::vector<std::string_view>& fields, std::string_view text, const MappedIssues& issues)
{
    begin(m_records, {}, ++m_number, nullptr);
    m_records.places.picker.pick(m_source.columns, fields, m_records.scope.values);
    record(text, issues);
}

/// A record that names no trace is one of its own.
void MappedElements::record(std::string_view raw, const MappedIssues& issues)
{
    Siblings siblings;
    siblings.parent.idPrefix = m_fileName + '#';
    siblings.parent.trace = toId(m_sink, siblings.parent.idPrefix + std::to_string(m_number));
    siblings.calls = &m_calls;
    siblings.issues = &issues;
    element(m_records, raw, siblings);
}

void MappedElements::element(Level& level, std::string_view raw, const Siblings& siblings)
{
    const MappedIssues& issues = *siblings.issues;
    const auto& rules = level.level->rules;
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const MappingRule& candidate) {
        return std::all_of(candidate.when.begin(), candidate.when.end(),
                           [&](const MappingCondition& condition) { return level.scope.holds(condition); });
    });
    if (rule == rules.end())
        return issues.add(Severity::Warning, IssueKind::UnknownRecord, "no rule of the mapping is for this element");
    if (rule->skip)
        return issues.add(Severity::Info, IssueKind::UnknownRecord, "left out by the mapping");
    const auto& children = level.children[static_cast<std::size_t>(rule - rules.begin())];
    Siblings inner = siblings;
    if (!rule->span) {
        inner.parent.idPrefix += std::to_string(level.scope.number) + '.';
        for (std::size_t i = 0; i < children.size(); ++i)
            below(*children[i], i, level.scope, inner);
        return;
    }
    MappedSpan mapped = mapSpan(*rule, level.scope, siblings.parent, m_sink, issues);
    mapped.span.sourceByte = issues.byte;
    inner.parent.trace = mapped.span.trace;
    inner.parent.span = mapped.span.span;
    inner.parent.texts = mapped.span.texts;
    const bool ownTrace = &level == &m_records && !rule->trace.given();
    inner.parent.idPrefix =
        ownTrace ? std::string() : siblings.parent.idPrefix + std::to_string(level.scope.number) + '.';
    inner.around = &mapped.span;
    inner.sequence = nullptr;
    for (std::size_t i = 0; i < children.size(); ++i)
        below(*children[i], i, level.scope, inner);
    if (rule->calls)
        siblings.calls->ask(level.scope.value(*rule->calls).jsonText(), siblings.parent, issues.byte,
                            [&](const MappedCall& call) { giveUnanswered(call); });
    give(*rule, std::move(mapped), std::string(raw), siblings);
}

void MappedElements::below(Level& level, std::size_t index, const MappingScope& around, Siblings siblings)
{
    if (index > 0) // ids of the lists of one element differ
        siblings.parent.idPrefix += static_cast<char>('a' + std::min<std::size_t>(index, 25));
    MappedCalls calls;
    std::vector<Held> held;
    siblings.calls = &calls;
    const bool ordered = level.level->sequence != MappingSequence::None;
    if (ordered)
        siblings.sequence = &held;
    std::uint64_t number = 0;
    walkLevel(level, around, *siblings.issues, [&](const JsonValue& value, std::string_view key) {
        begin(level, key, ++number, &around);
        level.places.picker.pick(value, level.scope.values);
        element(level, value.raw(), siblings);
    });
    for (ImportIssue& issue : level.parser.issues(0, 0))
        siblings.issues->add(issue.severity, issue.kind, std::move(issue.message));
    if (ordered)
        place(held, level.level->sequence, siblings.around);
    calls.giveUp([&](const MappedCall& call) { giveUnanswered(call); });
}

void MappedElements::walkLevel(Level& level, const MappingScope& around, const MappedIssues& issues,
                               const TakeElement& take)
{
    if (!level.level->zip.empty())
        return zip(level, around, issues, take);
    const MappingPath& each = level.level->each;
    const PickedValue base = around.value(each);
    if (!base.recorded())
        return;
    const std::string_view text = base.jsonText();
    const auto steps = manySteps(each);
    if (text.empty() && !steps.empty())
        return issues.add(Severity::Warning, IssueKind::BadValue,
                          "\"" + mappingPathText(each) + "\" is no array or object");
    walk(steps, level.parser.parseCopy(text.empty() ? base.raw() : std::string(text)), {}, take);
}

/// Parallel arrays: one object for each place in them. Values that are no arrays are in each of the objects.
void MappedElements::zip(Level& level, const MappingScope& around, const MappedIssues& issues, const TakeElement& take)
{
    std::vector<std::vector<std::string>> columns;
    std::size_t longest = 0;
    std::size_t shortest = static_cast<std::size_t>(-1);
    bool anyList = false;
    bool anyValue = false;
    for (const auto& [key, path] : level.level->zip) {
        auto& column = columns.emplace_back();
        const PickedValue base = around.value(path);
        const auto steps = manySteps(path);
        if (steps.empty()) {
            anyValue = anyValue || base.recorded();
            column.push_back(base.raw());
            continue;
        }
        anyList = true;
        if (!base.recorded()) {
            shortest = 0;
            continue;
        }
        walk(steps, level.parser.parseCopy(base.jsonText()), {},
             [&](const JsonValue& value, std::string_view) { column.emplace_back(value.raw()); });
        longest = std::max(longest, column.size());
        shortest = std::min(shortest, column.size());
    }
    if (anyList && shortest != longest)
        issues.add(Severity::Warning, IssueKind::BadValue, "parallel arrays of different lengths");
    const std::size_t count = anyList ? longest : anyValue ? 1 : 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::string object = "{";
        for (std::size_t k = 0; k < columns.size(); ++k) {
            const auto& [key, path] = level.level->zip[k];
            const bool list = path.isMany();
            if (list && i >= columns[k].size())
                continue;
            object += (object.size() > 1 ? ",\"" : "\"") + escapedJson(key) + "\":" + columns[k][list ? i : 0];
        }
        take(level.parser.parseCopy(object + '}'), {});
    }
}

void MappedElements::give(const MappingRule& rule, MappedSpan mapped, std::string record, const Siblings& siblings)
{
    SpanRecord& span = mapped.span;
    if (!mapped.call.empty()) {
        setText(m_sink, span, SpanText::ToolCallId, mapped.call);
        if (auto call = siblings.calls->answer(mapped.call)) {
            record += '\n' + call->record;
            if (!rule.texts[static_cast<std::size_t>(SpanText::Tool)].given())
                setText(m_sink, span, SpanText::Tool, call->name);
            if (!rule.texts[static_cast<std::size_t>(SpanText::Name)].given() && span[SpanText::Tool])
                span[SpanText::Name] = span[SpanText::Tool];
        } else {
            siblings.issues->add(Severity::Warning, IssueKind::UnpairedCall, "a result whose call is not recorded");
        }
        mapped.call = {};
    }
    if (siblings.sequence && siblings.sequence->size() < mostInSequence)
        siblings.sequence->push_back({&rule, std::move(mapped), std::move(record)});
    else
        add(rule, mapped, record);
}

void MappedElements::giveUnanswered(const MappedCall& call)
{
    SpanRecord span;
    span.trace = call.parent.trace;
    span.parent = call.parent.span;
    span.span = toId(m_sink, call.id.empty() ? call.parent.idPrefix + "call" : call.parent.idPrefix + call.id);
    span.kind = SpanKind::ToolCall;
    span.flags = bit(SpanFlag::NotExecuted);
    span.provenance.set(Fact::Kind, Provenance::Declared);
    span.provenance.set(Fact::Parent, span.parent ? Provenance::Declared : Provenance::NotRecorded);
    for (int i = 0; i < spanTextCount; ++i) {
        if (isInherited(static_cast<SpanText>(i)))
            span.texts[static_cast<std::size_t>(i)] = call.parent.texts[static_cast<std::size_t>(i)];
    }
    setText(m_sink, span, SpanText::Tool, call.name);
    setText(m_sink, span, SpanText::Name, call.name.empty() ? std::string_view("tool") : call.name);
    setText(m_sink, span, SpanText::ToolCallId, call.id);
    span.sourceByte = call.byte;
    span[SpanText::Format] = m_format;
    span[SpanText::Resource] = m_sink.intern(R"({"mapping":")" + m_mapping.name + R"(","call":true})");
    m_tally.add(Severity::Info, IssueKind::UnpairedCall, "a call without result: that it ran is not recorded", -1,
                call.byte);
    m_sink.add(span, call.record);
}

/// Chained from the known end, as far as every length is there.
void MappedElements::place(std::vector<Held>& held, MappingSequence sequence, SpanRecord* around)
{
    const bool fromStart = sequence == MappingSequence::FromStart;
    Nanos at = !around ? noTime : fromStart ? around->start : around->end;
    std::size_t placed = 0;
    for (std::size_t i = 0; i < held.size() && at != noTime; ++i) {
        MappedSpan& mapped = held[fromStart ? i : held.size() - 1 - i].mapped;
        SpanRecord& span = mapped.span;
        const bool known = span.start != noTime || span.end != noTime || mapped.length == noTime;
        Nanos other = noTime;
        if (known || (fromStart ? __builtin_add_overflow(at, mapped.length, &other)
                                : __builtin_sub_overflow(at, mapped.length, &other)))
            break;
        span.start = fromStart ? at : other;
        span.end = fromStart ? other : at;
        span.provenance.set(Fact::Start, Provenance::Inferred);
        span.provenance.set(Fact::End, Provenance::Inferred);
        at = other;
        ++placed;
    }
    if (placed > 0)
        m_tally.add(Severity::Info, IssueKind::TimeNotRecorded,
                    "only lengths are recorded: spans are shown one after another", -1, -1, placed);
    if (placed > 0 && placed == held.size()) {
        Nanos& open = fromStart ? around->end : around->start;
        if (open == noTime) {
            open = at;
            around->provenance.set(fromStart ? Fact::End : Fact::Start, Provenance::Inferred);
        }
    }
    for (const Held& one : held)
        add(*one.rule, one.mapped, one.record);
}

void MappedElements::add(const MappingRule& rule, const MappedSpan& mapped, std::string_view record)
{
    SpanRecord span = mapped.span;
    span[SpanText::Format] = m_format;
    span[SpanText::Resource] = resourceOf(rule);
    const auto issue = [&](Severity severity, IssueKind kind, const char* message) {
        m_tally.add(severity, kind, message, -1, span.sourceByte);
    };
    if (span.start == noTime && mapped.length != noTime)
        issue(Severity::Warning, IssueKind::TimeNotRecorded, "a length without a start is only in the record");
    else if (span.start == noTime)
        issue(Severity::Info, IssueKind::TimeNotRecorded, "no time is recorded: only the order");
    else if (span.end == noTime)
        issue(Severity::Info, IssueKind::UnfinishedSpan, "no end is recorded");
    else if (span.end < span.start)
        issue(Severity::Warning, IssueKind::NegativeDuration, "a span ends before it starts");
    m_sink.add(span, record);
}

StringId MappedElements::resourceOf(const MappingRule& rule)
{
    StringId& known = m_resources[&rule];
    if (known)
        return known;
    std::string text = R"({"mapping":")" + m_mapping.name + R"(","content":)" + rule.content;
    if (!m_source.columns.empty()) {
        text += R"(,"delimiter":")" + escapedJson({&m_source.delimiter, 1}) + R"(","columns":[)";
        for (std::size_t i = 0; i < m_source.columns.size(); ++i)
            text += (i > 0 ? ",\"" : "\"") + escapedJson(m_source.columns[i]) + '"';
        text += ']';
    }
    text += R"(,"below":[)";
    bool first = true;
    for (const MappingLevel& level : rule.children) {
        std::vector<const MappingPath*> paths;
        if (level.zip.empty())
            paths.push_back(&level.each);
        for (const auto& [key, path] : level.zip)
            paths.push_back(&path);
        for (const MappingPath* path : paths) {
            if (path->steps.empty())
                continue;
            text += (first ? "\"" : ",\"") + escapedJson(mappingPathText(*path)) + '"';
            first = false;
        }
    }
    known = m_sink.intern(text + "]}");
    return known;
}

void MappedElements::nameUnused(const Level& level, const std::string& prefix, std::set<std::string>& names) const
{
    level.places.picker.addUnused(prefix, names);
    for (const auto& rule : level.children) {
        for (const auto& child : rule) {
            const bool whole = child->level->each.steps.empty();
            nameUnused(*child, whole ? prefix : prefix + mappingPathText(child->level->each) + '.', names);
        }
    }
}

void MappedElements::finish()
{
    m_calls.giveUp([&](const MappedCall& call) { giveUnanswered(call); });
    std::set<std::string> names;
    nameUnused(m_records, {}, names);
    if (names.empty())
        return;
    constexpr std::size_t mostShown = 20;
    std::string text;
    std::size_t shown = 0;
    for (const std::string& name : names) {
        if (++shown > mostShown)
            break;
        text += (text.empty() ? "" : ", ") + name;
    }
    if (names.size() > mostShown)
        text += " and " + std::to_string(names.size() - mostShown) + " more";
    m_tally.add(Severity::Info, IssueKind::UnknownRecord, "not mapped, in the records only: " + text);
}

} // namespace arcscope
