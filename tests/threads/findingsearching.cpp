// layers: core analysis store pipeline
// All threads look through the traces of one workspace for findings, and are stopped while they do.
#include "expect.h"
#include "findingsearch.h"
#include "session.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <unistd.h>

using namespace arcscope;

namespace
{

constexpr int traces = 400;

/// One line a trace: a call of which "It is 41." is taken back after a second.
std::string traceLine(int number)
{
    const std::string id = std::to_string(1'000'000 + number);
    const auto event = [](const char* ms, const char* word, const std::string& attributes) {
        return std::string("{\"timeUnixNano\":\"1700000000") + ms + "000000\",\"name\":\"arcscope.stream." + word +
               "\",\"attributes\":[" + attributes + "]}";
    };
    const auto text = [](const char* value) {
        return std::string("{\"key\":\"arcscope.stream.chunk.content\",\"value\":{\"stringValue\":\"") + value + "\"}}";
    };
    const std::string range = "{\"key\":\"arcscope.stream.retract.from\",\"value\":{\"intValue\":\"0\"}},"
                              "{\"key\":\"arcscope.stream.retract.to\",\"value\":{\"intValue\":\"9\"}}";
    return "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0af7651916cd43dd8448eb211" + id +
           "\",\"spanId\":\"b7ad6b716" + id +
           "\",\"name\":\"chat\",\"startTimeUnixNano\":\"1700000000000000000\",\"endTimeUnixNano\":"
           "\"1700000003000000000\",\"events\":[" +
           event("100", "chunk", text("It is 41.")) + ',' + event("900", "retract", range) + ',' +
           event("910", "chunk", text("It is 39.")) + ',' + event("990", "end", "") + "]}]}]}]}\n";
}

} // namespace

int main()
{
    const std::string path =
        (std::filesystem::temp_directory_path() / ("arcscope-finding-" + std::to_string(getpid()) + ".jsonl")).string();
    {
        std::ofstream file(path);
        for (int number = 0; number < traces; ++number)
            file << traceLine(number);
    }
    {
        auto session = openSession({path}, findingColumns(), {});
        EXPECT(session.has_value());
        Progress progress;
        const std::string& workspace = session->workspace.path();
        const auto found = searchFindings(workspace, session->corpus, {{}, &progress});
        EXPECT(found.has_value());
        EXPECT(found->size() == 2 * traces); // taken back, and a number differs
        EXPECT(progress.spans == traces);
        const auto again = searchFindings(workspace, session->corpus, {});
        EXPECT(again.has_value() && *again == *found);
        std::stop_source stop;
        std::thread stopping([&stop] { stop.request_stop(); });
        const auto stopped = searchFindings(workspace, session->corpus, {stop.get_token(), nullptr});
        stopping.join();
        EXPECT(stopped.has_value() || stopped.error().code == ErrorCode::Cancelled);
    }
    std::filesystem::remove(path);
    return exitCode();
}
