// OTLP JSON lines of one span each, for tests of what happens between files.
#pragma once

#include <string>

namespace arcscope::testing
{

/// Times in milliseconds behind a fixed day; a negative end: not recorded.
struct OtlpLine {
    int trace = 1;
    int span = 1;
    int parent = 0;
    long start = 0;
    long end = 1;
    std::string service = "shop";
    std::string name = "step";
    int kind = 1; ///< of OTLP: 2 server, 3 client
};

inline std::string hexId(int number, std::size_t digits)
{
    constexpr char symbols[] = "0123456789abcdef";
    std::string text(digits, '0');
    for (std::size_t at = digits; number > 0; number /= 16)
        text[--at] = symbols[number % 16];
    return text;
}

inline std::string otlpTime(long milliseconds)
{
    return std::to_string(1'700'000'000'000L + milliseconds) + "000000";
}

inline std::string otlpLine(const OtlpLine& line)
{
    std::string text =
        R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":")" +
        line.service + R"("}}]},"scopeSpans":[{"spans":[{"traceId":")" + hexId(line.trace, 32) + R"(","spanId":")" +
        hexId(line.span, 16) + '"';
    if (line.parent > 0)
        text += R"(,"parentSpanId":")" + hexId(line.parent, 16) + '"';
    text += R"(,"name":")" + line.name + R"(","kind":)" + std::to_string(line.kind) + R"(,"startTimeUnixNano":")" +
            otlpTime(line.start) + '"';
    if (line.end >= 0)
        text += R"(,"endTimeUnixNano":")" + otlpTime(line.end) + '"';
    return text + "}]}]}]}\n";
}

} // namespace arcscope::testing
