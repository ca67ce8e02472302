// Every format of the generator: valid JSON, as many records as asked for, in the shape that its readers expect.
#include "expect.h"
#include "generator.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <vector>

using namespace arcscope::bench;
using nlohmann::json;

namespace
{

constexpr std::uint64_t records = 12'000;

std::string generated(std::string_view format, std::uint64_t number, std::uint64_t seed)
{
    std::string all;
    const bool done = generate(format, number, seed, [&all](std::string_view piece) {
        all += piece;
        return true;
    });
    EXPECT(done);
    return all;
}

/// Throws json::parse_error where the text is no JSON (or no UTF-8).
std::vector<json> linesOf(const std::string& text)
{
    std::vector<json> lines;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = text.find('\n', start);
        EXPECT(end != std::string::npos);
        lines.push_back(json::parse(text.begin() + static_cast<std::ptrdiff_t>(start),
                                    text.begin() + static_cast<std::ptrdiff_t>(end)));
        start = end + 1;
    }
    return lines;
}

const json* attribute(const json& span, std::string_view name)
{
    for (const json& entry : span.at("attributes")) {
        if (entry.at("key") == name)
            return &entry.at("value");
    }
    return nullptr;
}

void checkMessages(const json& span)
{
    const json* operation = attribute(span, "gen_ai.operation.name");
    EXPECT(operation);
    if (operation->at("stringValue") != "chat")
        return;
    const json input = json::parse(attribute(span, "gen_ai.input.messages")->at("stringValue").get<std::string>());
    const json output = json::parse(attribute(span, "gen_ai.output.messages")->at("stringValue").get<std::string>());
    EXPECT(input.size() >= 2 && input.size() <= 6);
    EXPECT(!input.back().at("parts").at(0).at("content").get<std::string>().empty());
    EXPECT(output.size() == 1 && output.at(0).at("finish_reason") == "stop");
}

/// The span ids of some groups of resourceSpans, after a look at the form of each span.
std::set<std::string> otlpSpans(const json& request)
{
    std::set<std::string> ids;
    for (const json& group : request.at("resourceSpans")) {
        for (const json& span : group.at("scopeSpans").at(0).at("spans")) {
            EXPECT(span.at("traceId").get<std::string>().size() == 32);
            EXPECT(span.at("spanId").get<std::string>().size() == 16);
            EXPECT(span.at("startTimeUnixNano").get<std::string>() <= span.at("endTimeUnixNano").get<std::string>());
            checkMessages(span);
            EXPECT(ids.insert(span.at("spanId").get<std::string>()).second);
        }
    }
    return ids;
}

std::set<std::string> chromeSpans(std::string_view format)
{
    std::set<std::string> ids;
    std::set<int> lanes;
    const json document = json::parse(generated(format, records, 7));
    for (const json& event : document.at("traceEvents")) {
        EXPECT(event.at("ph") == "X" && event.at("dur").get<double>() >= 0);
        EXPECT(ids.insert(event.at("args").at("span_id").get<std::string>()).second);
        lanes.insert(event.at("tid").get<int>());
    }
    EXPECT(lanes.size() == 64 && *lanes.begin() == 1 && *lanes.rbegin() == 64);
    return ids;
}

void spanFormatsDescribeTheSameSpans()
{
    const std::set<std::string> ids = otlpSpans(json::parse(generated("otlp", records, 7)));
    EXPECT(ids.size() == records);

    std::set<std::string> ofLines;
    std::size_t inLine = 0;
    for (const json& request : linesOf(generated("otlpl", records, 7))) {
        EXPECT(inLine == 0 || inLine == 512); // every line but the last is full
        const std::set<std::string> some = otlpSpans(request);
        inLine = some.size();
        ofLines.insert(some.begin(), some.end());
    }
    EXPECT(ofLines == ids);

    std::set<std::string> ofOpenInference;
    for (const json& span : linesOf(generated("oi", records, 7))) {
        EXPECT(span.at("start_time").get<std::string>() <= span.at("end_time").get<std::string>());
        if (span.at("attributes").at("openinference.span.kind") == "LLM")
            EXPECT(json::parse(span.at("attributes").at("input.value").get<std::string>()).is_array());
        ofOpenInference.insert(span.at("context").at("span_id").get<std::string>().substr(2));
    }
    EXPECT(ofOpenInference == ids);
    EXPECT(chromeSpans("chrome") == ids);
    EXPECT(chromeSpans("chromelean") == ids);
}

void streamsStartOnceAndEndOnce()
{
    std::map<std::string, std::string> state;
    std::int64_t before = 0;
    const std::vector<json> events = linesOf(generated("events", records * 10, 7));
    EXPECT(events.size() == records * 10);
    for (const json& event : events) {
        EXPECT(event.at("ts").get<std::int64_t>() > before);
        before = event.at("ts").get<std::int64_t>();
        const std::string kind = event.at("event");
        EXPECT(event.at("data").at("type") == kind);
        std::string& last = state[event.at("stream").get<std::string>()];
        EXPECT(kind == "message_start" ? last.empty() : !last.empty() && last != "message_delta");
        last = kind;
    }
    EXPECT(state.size() > 200); // some ended and others took their place
}

void bytesFollowTheSeed()
{
    for (const FormatName& format : formatNames) {
        const std::string once = generated(format.name, 700, 3);
        EXPECT(once == generated(format.name, 700, 3));
        EXPECT(once != generated(format.name, 700, 4));
        EXPECT(!generate(format.name, 700, 3, [](std::string_view) { return false; }));
    }
    EXPECT(!generate("xml", 1, 1, [](std::string_view) { return true; }));
}

} // namespace

int main()
{
    spanFormatsDescribeTheSameSpans();
    streamsStartOnceAndEndOnce();
    bytesFollowTheSeed();
    return arcscope::exitCode();
}
