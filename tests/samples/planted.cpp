// The sample corpus keeps its promises: every planted fact names a span that is there, and quotes what that span says.
#include "expect.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

using nlohmann::json;
namespace fs = std::filesystem;

namespace
{

struct Sample {
    json span;
    std::string file; ///< path below the samples folder
};
using SpanKey = std::pair<std::string, std::string>; ///< trace, span
using Samples = std::map<SpanKey, Sample>;

std::vector<json> linesOf(const fs::path& path)
{
    std::vector<json> lines;
    std::ifstream file(path);
    EXPECT(file.is_open());
    for (std::string line; std::getline(file, line);)
        lines.push_back(json::parse(line));
    return lines;
}

void read(const fs::path& folder, const char* part, Samples& samples)
{
    for (const auto& entry : fs::directory_iterator(folder / part)) {
        for (const json& request : linesOf(entry.path())) {
            for (const json& resource : request.at("resourceSpans")) {
                for (const json& scope : resource.at("scopeSpans")) {
                    for (const json& span : scope.at("spans")) {
                        const std::string name = entry.path().lexically_relative(folder).generic_string();
                        const SpanKey key(span.at("traceId"), span.at("spanId"));
                        const bool first = samples.try_emplace(key, Sample{span, name}).second;
                        EXPECT(first);
                    }
                }
            }
        }
    }
}

std::string textOf(const json& span, std::string_view key)
{
    for (const json& attribute : span.at("attributes")) {
        if (attribute.at("key") == key)
            return attribute.at("value").value("stringValue", std::string());
    }
    return {};
}

std::int64_t timeOf(const json& span, const char* key)
{
    return std::stoll(span.at(key).get<std::string>());
}

void spansAreWhole(const Samples& samples)
{
    int orphans = 0;
    for (const auto& [key, sample] : samples) {
        const json& span = sample.span;
        const std::int64_t start = timeOf(span, "startTimeUnixNano");
        const std::int64_t end = timeOf(span, "endTimeUnixNano");
        EXPECT(start <= end);
        if (span.contains("parentSpanId"))
            orphans += samples.contains({key.first, span.at("parentSpanId")}) ? 0 : 1;
        for (const json& event : span.value("events", json::array())) {
            const std::int64_t time = timeOf(event, "timeUnixNano");
            EXPECT(time >= start && time <= end);
        }
        for (const char* content : {"gen_ai.input.messages", "gen_ai.output.messages"}) {
            const std::string text = textOf(span, content);
            for (const json& message : text.empty() ? json::array() : json::parse(text))
                EXPECT(message.at("role").is_string() && message.at("parts").at(0).at("type").is_string());
        }
    }
    EXPECT(orphans == 1);
}

/// Facts name a span, a file, or neither (then they are about the whole corpus).
void factsAreThere(const fs::path& folder, const json& planted, const Samples& samples)
{
    for (const auto& [kind, facts] : planted.items()) {
        EXPECT(!facts.empty());
        for (const json& fact : facts) {
            std::string said;
            if (fact.contains("span")) {
                const auto found = samples.find({fact.at("trace"), fact.at("span")});
                EXPECT(found != samples.end());
                if (found == samples.end())
                    continue;
                said = textOf(found->second.span, "gen_ai.output.messages");
                if (fact.contains("in"))
                    EXPECT(found->second.file.starts_with(fact.at("in").get<std::string>()));
            } else if (fact.contains("file")) {
                std::ifstream file(folder / fact.at("file").get<std::string>());
                said.assign(std::istreambuf_iterator<char>(file), {});
                EXPECT(!said.empty());
            }
            if (fact.contains("quote") && !fact.value("file", std::string()).ends_with(".sse"))
                EXPECT(said.find(fact.at("quote").get<std::string>()) != std::string::npos);
        }
    }
}

/// Each model call of the corpus has its bucket in the list, once.
void everyCallHasItsBucket(const json& planted, const Samples& samples)
{
    std::set<SpanKey> listed;
    std::set<std::string> buckets;
    for (const json& stop : planted.at("stops")) {
        const bool first = listed.emplace(stop.at("trace"), stop.at("span")).second;
        EXPECT(first);
        buckets.insert(stop.at("bucket").get<std::string>());
    }
    for (const auto& [key, sample] : samples) {
        const std::string name = sample.span.at("name");
        if (name.starts_with("chat ") || name == "ai.streamText.doStream")
            EXPECT(listed.contains(key));
    }
    const std::set<std::string> all = {"external_stop",     "degenerate_loop",  "declined", "budget_cut", "handoff",
                                       "silent_truncation", "false_completion", "complete", "unknown"};
    EXPECT(buckets == all);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    const fs::path folder = argv[1];
    Samples samples;
    read(folder, "support-week", samples);
    read(folder, "migration", samples);
    std::ifstream file(folder / "planted.json");
    const json planted = json::parse(file);
    spansAreWhole(samples);
    factsAreThere(folder, planted, samples);
    everyCallHasItsBucket(planted, samples);
    return arcscope::exitCode();
}
