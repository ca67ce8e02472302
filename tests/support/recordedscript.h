// Recorded streams as lines of words, for the tests of their rules: "chunk chunk.content=ab offset.start=0".
#pragma once

#include "recordedstream.h"

#include <deque>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope::testing
{

/// One line an event: its word and its attributes without prefix. "at=N" is its time, "-key" leaves one of the
/// attributes away that every event gets: id, sequence (the line), offset.unit, and of a retraction reason and
/// evidence. Without "at" events come one nanosecond apart. '_' stands for a blank, a number is one where it looks like
/// one.
inline RecordedStream recordedScript(const std::string& script)
{
    RecordedStream stream;
    SpanFacts facts;
    std::istringstream lines(script);
    std::string line;
    for (int number = 0; std::getline(lines, line); ++number) {
        std::istringstream words(line);
        std::string event;
        words >> event;
        std::vector<std::pair<std::string, std::string>> given = {
            {"id", "s"}, {"sequence", std::to_string(number)}, {"offset.unit", "utf8_bytes"}};
        if (event == "retract") {
            given.emplace_back("retract.reason", "guardrail");
            given.emplace_back("retract.evidence", "observed");
        }
        Nanos at = 1'000 + number;
        for (std::string word; words >> word;) {
            const std::size_t equals = word.find('=');
            const std::string key = word[0] == '-' ? word.substr(1) : word.substr(0, equals);
            std::erase_if(given, [&](const auto& attribute) { return attribute.first == key; });
            if (word[0] == '-')
                continue;
            std::string value = word.substr(equals + 1);
            for (char& c : value)
                c = c == '_' && key == "chunk.content" ? ' ' : c;
            if (key == "at")
                at = std::stoll(value);
            else
                given.emplace_back(key, value);
        }
        std::deque<std::string> texts;
        std::vector<EventAttribute> attributes;
        for (const auto& [key, value] : given) {
            const bool digits = value.find_first_not_of("-0123456789") == std::string::npos && !value.empty();
            attributes.push_back(
                {texts.emplace_back("arcscope.stream." + key),
                 {digits ? FactValue::Form::Number : FactValue::Form::Text, texts.emplace_back(value)}});
        }
        stream.add(event, at, attributes, facts);
    }
    return stream;
}

inline PackedStream packed(RecordedStream& stream)
{
    StreamWriter writer;
    stream.writeTo(writer);
    return writer.take();
}

} // namespace arcscope::testing
