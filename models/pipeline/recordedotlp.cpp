#include "recordedotlp.h"

#include "formats/recordreading.h"
#include "jsonrewrite.h"
#include "jsonvalue.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

/// A log record in the place of a span.
bool isLog(std::string_view record)
{
    bool log = false;
    JsonParser parser;
    parser.parseCopy(record).eachMember([&](std::string_view key, const JsonValue&) {
        log = log || key == "body" || key == "eventName" || key == "event_name" || key == "severityNumber" ||
              key == "observedTimeUnixNano";
    });
    return log;
}

} // namespace

void changeChunks(const PackedStream& before, const PackedStream& after, std::string& record)
{
    std::map<std::string, std::string, std::less<>> changes;
    StreamReader olds(before);
    StreamReader news(after);
    StreamEvent was;
    StreamEvent is;
    while (olds.next(was) && news.next(is)) {
        if (was.text == is.text)
            continue;
        std::string& text = changes.try_emplace(std::string(was.text), was.text).first->second;
        for (std::size_t i = 0; i < text.size() && i < is.text.size(); ++i) {
            if (was.text[i] != is.text[i])
                text[i] = is.text[i];
        }
    }
    std::string changed;
    const auto change = [&](const JsonScalar& scalar, std::string& into) {
        const auto found = changes.find(scalar.text);
        if (scalar.kind != JsonScalar::Kind::String || found == changes.end())
            return false;
        into = found->second;
        return true;
    };
    if (!changes.empty() && rewriteJson(record, change, changed))
        record = std::move(changed);
}

OtlpSpanJson recordedOtlp(std::string_view record, std::string_view resource)
{
    OtlpSpanJson made;
    made.resource = "{}";
    JsonParser parser;
    parser.parseCopy(resource).eachMember([&](std::string_view key, const JsonValue& value) {
        (key == "resource" ? made.resource : made.scope) = std::string(value.raw());
    });
    std::vector<std::string> values;
    eachValue(record, [&](const JsonValue& value) { values.emplace_back(value.raw()); });
    for (std::string& value : values) {
        if (made.span.empty() && made.logs.empty() && !isLog(value))
            made.span = std::move(value);
        else
            made.logs.push_back(std::move(value));
    }
    // Between values line feeds are space; in strings they are escaped.
    const auto oneLine = [](std::string& json) { std::replace(json.begin(), json.end(), '\n', ' '); };
    oneLine(made.span);
    oneLine(made.resource);
    oneLine(made.scope);
    std::for_each(made.logs.begin(), made.logs.end(), oneLine);
    return made;
}

} // namespace arcscope
