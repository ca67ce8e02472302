#include "mappingrule.h"

#include "messagejson.h"

#include <algorithm>
#include <utility>

namespace arcscope
{
namespace
{

constexpr int maxLevels = 16;
constexpr std::size_t maxListed = 1'000;

constexpr std::string_view countNames[rawUsageMembers.size()] = {"input",
                                                                 "output",
                                                                 "total",
                                                                 "cache_read",
                                                                 "cache_write",
                                                                 "cache_write_long",
                                                                 "reasoning",
                                                                 "prediction_accepted",
                                                                 "prediction_rejected",
                                                                 "audio_input",
                                                                 "audio_output"};
constexpr std::string_view kindWords =
    "agent, model, tool, retrieval, embedding, guardrail, evaluator, workflow or other";
constexpr std::string_view ruleWords =
    "when, skip, span, kind, status, trace, id, parent, start, end, duration, first_token, usage, cost, input, output, "
    "arguments, result, calls, answers, children, model, or a text of a span (name, agent, tool, session, task, …)";

bool isKind(std::string_view word)
{
    return spanKindNamed(word).has_value();
}

bool isStatus(std::string_view word)
{
    return spanStatusNamed(word).has_value();
}

/// The text that a rule names by this key.
std::optional<SpanText> textNamed(std::string_view key)
{
    if (key == "model")
        return SpanText::ModelServed;
    for (int i = 0; i < spanTextCount; ++i) {
        const auto text = static_cast<SpanText>(i);
        const bool ours = text == SpanText::Resource || text == SpanText::Format || text == SpanText::PriceTable;
        if (!ours && name(text) == key)
            return text;
    }
    return {};
}

std::optional<MappingUnit> unitNamed(std::string_view word)
{
    for (const MappingUnit unit : {MappingUnit::None, MappingUnit::Seconds, MappingUnit::Milliseconds,
                                   MappingUnit::Microseconds, MappingUnit::Nanoseconds}) {
        if (name(unit) == word)
            return unit;
    }
    return {};
}

} // namespace

std::string scalarText(const MappingJson& json)
{
    return json.is_string() ? json.get<std::string>()
                            : json.dump(-1, ' ', false, MappingJson::error_handler_t::replace);
}

void MappingReading::wrong(std::string_view expected)
{
    if (m_problem.empty())
        m_problem = (m_place.empty() ? "" : m_place + ": ") + "expected " + std::string(expected);
}

void MappingReading::inside(const std::string& step, const std::function<void()>& take)
{
    const std::size_t before = m_place.size();
    m_place += (before == 0 || step.front() == '[' ? "" : ".") + step;
    take();
    m_place.resize(before);
}

void MappingReading::eachMember(const MappingJson& json, std::string_view expected, const Take& take)
{
    if (!json.is_object())
        return wrong(expected);
    for (const auto& item : json.items()) {
        const std::string& key = item.key();
        const MappingJson& member = item.value();
        inside(key.empty() ? "\"\"" : key, [&] { take(key, member); });
    }
}

void MappingReading::eachText(const MappingJson& json, const std::function<void(const std::string& text)>& take)
{
    if (!json.is_array() || json.size() > maxListed)
        return wrong("a list of texts");
    for (std::size_t i = 0; i < json.size(); ++i)
        inside('[' + std::to_string(i) + ']', [&] { take(text(json[i])); });
}

std::string MappingReading::text(const MappingJson& json)
{
    if (json.is_string())
        return json.get<std::string>();
    wrong("a text");
    return {};
}

bool MappingReading::boolean(const MappingJson& json)
{
    if (!json.is_boolean())
        wrong("true or false");
    return json.is_boolean() && json.get<bool>();
}

MappingPath MappingReading::path(const std::string& text)
{
    auto read = parseMappingPath(text);
    if (read)
        return std::move(*read);
    if (m_problem.empty())
        m_problem = (m_place.empty() ? "" : m_place + ": ") + read.error().message;
    return {};
}

MappingPath MappingReading::onePath(const MappingJson& json)
{
    MappingPath read = path(text(json));
    if (read.isMany())
        wrong("a path to one value: [0] is the first of an array, [] and {} are for records and each");
    if (read.up > m_levels)
        wrong("no more ^ than levels around the rule: " + std::to_string(m_levels));
    return read;
}

void MappingReading::textParts(const std::string& text, MappingValue& value)
{
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t open = rest.find('{');
        auto& [before, path] = value.text.emplace_back(std::string(rest.substr(0, open)), std::nullopt);
        if (open == std::string_view::npos)
            return;
        const std::size_t close = rest.find('}', open);
        if (close == std::string_view::npos)
            return wrong("a } behind the {");
        path = onePath(std::string(rest.substr(open + 1, close - open - 1)));
        rest.remove_prefix(close + 1);
    }
}

void MappingReading::words(const MappingJson& json, MappingValue& value)
{
    eachMember(json, "an object of recorded values and what they stand for",
               [&](const std::string& key, const MappingJson& at) { value.words.emplace_back(key, text(at)); });
}

void MappingReading::valueMember(MappingValue& value, const std::string& key, const MappingJson& at, bool wantsTime)
{
    if (key == "path" && at.is_array())
        eachText(at, [&](const std::string& text) { value.paths.push_back(onePath(text)); });
    else if (key == "path")
        value.paths.push_back(onePath(at));
    else if (key == "const" && at.is_primitive() && !at.is_null())
        value.constant = scalarText(at);
    else if (key == "text")
        textParts(text(at), value);
    else if (key == "values")
        words(at, value);
    else if (key == "else")
        value.otherwise = text(at);
    else if (key == "unit" && wantsTime) {
        const auto unit = unitNamed(text(at));
        value.unit = unit.value_or(MappingUnit::None);
        if (!unit)
            wrong("s, ms, us, ns or rfc3339");
    } else
        wrong(wantsTime ? "path, const, text, values, else or unit" : "path, const, text, values or else");
}

MappingValue MappingReading::value(const MappingJson& json, bool wantsTime)
{
    MappingValue value;
    if (json.is_string()) {
        value.paths.push_back(onePath(json));
        return value;
    }
    if (json.is_array()) {
        eachText(json, [&](const std::string& text) { value.paths.push_back(onePath(text)); });
        return value;
    }
    eachMember(json, "a path, a list of paths, or an object with path, const or text",
               [&](const std::string& key, const MappingJson& at) { valueMember(value, key, at, wantsTime); });
    if (!value.given())
        wrong("one of path, const and text");
    return value;
}

void MappingReading::checkWords(const MappingValue& value, bool (*known)(std::string_view word),
                                std::string_view expected)
{
    const bool constants = (!value.constant || known(*value.constant)) && (!value.otherwise || known(*value.otherwise));
    const bool all =
        std::all_of(value.words.begin(), value.words.end(), [&](const auto& word) { return known(word.second); });
    if (!constants || !all)
        wrong(expected);
}

void MappingReading::usage(const MappingJson& json, MappingUsage& usage)
{
    if (json.is_string()) {
        usage.object = onePath(json);
        return;
    }
    eachMember(
        json, "the path of a usage object, or an object of counts", [&](const std::string& key, const MappingJson& at) {
            const auto* const known = std::find(std::begin(countNames), std::end(countNames), key);
            if (known != std::end(countNames)) {
                usage.counts[static_cast<std::size_t>(known - std::begin(countNames))] = value(at, false);
                return;
            }
            if (key != "counting")
                return wrong("input, output, total, cache_read, cache_write, cache_write_long, reasoning, "
                             "prediction_accepted, prediction_rejected, audio_input, audio_output or counting");
            const std::string word = text(at);
            for (const UsageDialect dialect : {UsageDialect::Inclusive, UsageDialect::CacheSeparate,
                                               UsageDialect::ReasoningApart, UsageDialect::Disjoint}) {
                if (name(dialect) == word) {
                    usage.dialect = dialect;
                    return;
                }
            }
            wrong(std::string(name(UsageDialect::Inclusive)) + ", " + std::string(name(UsageDialect::CacheSeparate)) +
                  ", " + std::string(name(UsageDialect::ReasoningApart)) + " or " +
                  std::string(name(UsageDialect::Disjoint)));
        });
}

void MappingReading::messages(const MappingJson& json, std::vector<MappingMessages>& messages, Role assumed)
{
    if (json.is_array()) {
        for (std::size_t i = 0; i < json.size() && i < maxListed; ++i)
            inside('[' + std::to_string(i) + ']', [&] { this->messages(json[i], messages, assumed); });
        return;
    }
    MappingMessages& added = messages.emplace_back(MappingMessages{{}, assumed});
    if (json.is_string()) {
        added.path = onePath(json);
    } else {
        bool given = false;
        eachMember(json, "a path, or an object with path and role", [&](const std::string& key, const MappingJson& at) {
            if (key == "path") {
                added.path = onePath(at);
                given = true;
            } else if (key == "role") {
                const std::string word = text(at);
                added.role = roleOf(word);
                if (added.role == Role::Other)
                    wrong("system, user, assistant or tool");
            } else {
                wrong("path or role");
            }
        });
        if (!given)
            wrong("a path");
    }
    if (added.path.base != MappingPath::Base::Element || added.path.up > 0)
        wrong("a path inside of the record: messages are read from it");
}

void MappingReading::conditions(const MappingJson& json, std::vector<MappingCondition>& conditions)
{
    eachMember(json, "an object of paths and the values that they must have",
               [&](const std::string& key, const MappingJson& at) {
                   MappingCondition condition;
                   condition.path = onePath(key);
                   const MappingJson* wanted = &at;
                   if (at.is_object() && at.size() == 1 && at.contains("not")) {
                       condition.negated = true;
                       wanted = &at["not"];
                   }
                   if (wanted->is_object() && wanted->size() == 1 && wanted->contains("exists")) {
                       condition.negated = condition.negated != !boolean((*wanted)["exists"]);
                   } else if (wanted->is_array() && !wanted->empty() && wanted->size() <= maxListed) {
                       for (const MappingJson& one : *wanted)
                           condition.wanted.push_back(scalarText(one));
                   } else if (wanted->is_primitive() && !wanted->is_null()) {
                       condition.wanted.push_back(scalarText(*wanted));
                   } else {
                       wrong("a value, a list of values, {\"exists\": true}, or {\"not\": …} around one of them");
                   }
                   conditions.push_back(std::move(condition));
               });
}

void MappingReading::each(const MappingJson& json, MappingLevel& level)
{
    if (json.is_string()) {
        level.each = path(json.get<std::string>());
        if (level.each.base != MappingPath::Base::Element || level.each.up > 0)
            wrong("a path inside of the record");
        return;
    }
    eachMember(json, "a path, or an object of names and paths of parallel arrays",
               [&](const std::string& key, const MappingJson& at) {
                   MappingPath read = path(text(at));
                   const auto many = std::count_if(read.steps.begin(), read.steps.end(), [](const MappingStep& step) {
                       return step.kind == MappingStep::Kind::Elements || step.kind == MappingStep::Kind::Members;
                   });
                   if (many > 1 || (many == 1 && read.steps.back().kind != MappingStep::Kind::Elements) ||
                       read.base != MappingPath::Base::Element || read.up > 0)
                       wrong("a path to one value, or one that ends with []");
                   level.zip.emplace_back(key, std::move(read));
               });
    if (level.zip.empty())
        wrong("a path, or an object of names and paths of parallel arrays");
}

MappingLevel MappingReading::level(const MappingJson& json, int depth)
{
    MappingLevel level;
    eachMember(json, "an object with each and spans", [&](const std::string& key, const MappingJson& at) {
        if (key == "each")
            each(at, level);
        else if (key == "spans")
            rules(at, level.rules, depth);
        else if (key == "sequence") {
            const std::string word = text(at);
            if (word == "from start")
                level.sequence = MappingSequence::FromStart;
            else if (word == "until end")
                level.sequence = MappingSequence::UntilEnd;
            else
                wrong("\"from start\" or \"until end\"");
        } else
            wrong("each, spans or sequence");
    });
    if (level.rules.empty())
        wrong("\"spans\", a list of rules");
    return level;
}

void MappingReading::rules(const MappingJson& json, std::vector<MappingRule>& rules, int depth)
{
    if (depth > maxLevels)
        return wrong("no more than " + std::to_string(maxLevels) + " levels");
    if (!json.is_array() || json.empty() || json.size() > maxListed)
        return wrong("a list of rules");
    for (std::size_t i = 0; i < json.size(); ++i)
        inside('[' + std::to_string(i) + ']', [&] { rules.push_back(rule(json[i], depth + 1)); });
}

bool MappingReading::isPathOf(MappingRule& rule, const std::string& key, const MappingJson& at)
{
    std::optional<MappingPath>* const field = key == "arguments" ? &rule.arguments
                                              : key == "result"  ? &rule.result
                                              : key == "calls"   ? &rule.calls
                                              : key == "answers" ? &rule.answers
                                                                 : nullptr;
    if (!field)
        return false;
    *field = onePath(at);
    if ((*field)->base != MappingPath::Base::Element || (*field)->up > 0)
        wrong("a path inside of the record: content is read from it");
    return true;
}

bool MappingReading::isValueOf(MappingRule& rule, const std::string& key, const MappingJson& at)
{
    const std::pair<std::string_view, MappingValue*> values[] = {
        {"status", &rule.status},     {"trace", &rule.trace}, {"id", &rule.id},
        {"parent", &rule.parent},     {"start", &rule.start}, {"end", &rule.end},
        {"duration", &rule.duration}, {"cost", &rule.cost},   {"first_token", &rule.firstToken}};
    for (const auto& [word, field] : values) {
        if (word == key) {
            const bool length = word == "duration" || word == "first_token";
            *field = value(at, length || word == "start" || word == "end");
            if (length && field->unit == MappingUnit::None)
                wrong("an object with path and a unit: s, ms, us or ns");
            return true;
        }
    }
    if (const auto text = textNamed(key)) {
        rule.texts[static_cast<std::size_t>(*text)] = value(at, false);
        return true;
    }
    return false;
}

MappingRule MappingReading::rule(const MappingJson& json, int depth)
{
    MappingRule rule;
    const int around = std::exchange(m_levels, std::max(depth - 1, 0));
    MappingJson content = MappingJson::object();
    eachMember(json, "a rule: an object", [&](const std::string& key, const MappingJson& at) {
        if (key == "when")
            conditions(at, rule.when);
        else if (key == "skip")
            rule.skip = boolean(at);
        else if (key == "span")
            rule.span = boolean(at);
        else if (key == "kind") {
            if (at.is_string())
                rule.kind.constant = at.get<std::string>();
            else
                rule.kind = value(at, false);
            checkWords(rule.kind, isKind, kindWords);
        } else if (key == "usage")
            usage(at, rule.usage);
        else if (key == "input" || key == "output") {
            const bool input = key == "input";
            messages(at, input ? rule.input : rule.output, input ? Role::User : Role::Assistant);
            content[key] = at;
        } else if (key == "children") {
            if (!at.is_array() || at.size() > maxListed)
                return wrong("a list of levels, each an object with each and spans");
            for (std::size_t i = 0; i < at.size(); ++i)
                inside('[' + std::to_string(i) + ']', [&] { rule.children.push_back(level(at[i], depth)); });
        } else if (isPathOf(rule, key, at))
            content[key] = at;
        else if (!isValueOf(rule, key, at))
            wrong(ruleWords);
        if (key == "status")
            checkWords(rule.status, isStatus, "unset, ok, error or cancelled");
    });
    m_levels = around;
    if (!rule.span && !rule.skip && rule.children.empty())
        wrong("\"children\" of what is no span itself");
    if (rule.cost.given() && !rule.texts[static_cast<std::size_t>(SpanText::Currency)].given())
        wrong("\"currency\" beside cost: a path or {\"const\": \"USD\"}");
    rule.content = content.dump(-1, ' ', false, MappingJson::error_handler_t::replace);
    return rule;
}

} // namespace arcscope
