// What agents wrote to people, out of recordings beside the checkout.
#pragma once

#include "jsonread.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace arcscope::evaluation
{

inline std::string contents(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        std::fprintf(stderr, "%s cannot be read\n", path.c_str());
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The records of a file with one JSON document on each line (.jsonl), or its one document.
inline std::vector<JsonStory> recordsOf(const std::string& path)
{
    std::vector<JsonStory> records;
    const std::string text = contents(path);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = path.ends_with(".jsonl") ? std::min(text.find('\n', at), text.size()) : text.size();
        JsonStory story;
        story.feed(std::string_view(text).substr(at, end - at));
        if (story.finish() == JsonState::Complete)
            records.push_back(std::move(story));
        at = end + 1;
    }
    return records;
}

/// The member of a record as text; empty where there is none.
inline std::string textOf(JsonReading& reading, std::string_view key, JsonIndex object = 0)
{
    const JsonIndex member = reading.member(object, key);
    return member >= 0 && reading.kind(member) == JsonKind::String ? reading.text(member) : std::string();
}

/// Different texts that an assistant wrote in trajectories (an array of records with "traj", or one record a line); the
/// last user's own words are in other roles. Words are counted by spaces.
inline std::vector<std::string> assistantTexts(const std::string& path, std::size_t fewestWords)
{
    std::set<std::string> texts;
    const auto visit = [&](JsonReading& reading, JsonIndex record) {
        const JsonIndex messages = reading.member(record, "traj");
        if (messages < 0)
            return;
        const JsonStory& story = reading.story();
        for (JsonIndex i = story.firstChild(messages); i >= 0; i = story.nextSibling(i)) {
            if (textOf(reading, "role", i) != "assistant")
                continue;
            std::string text = textOf(reading, "content", i);
            if (static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1 >= fewestWords)
                texts.insert(std::move(text));
        }
    };
    for (const JsonStory& story : recordsOf(path)) {
        JsonReading reading(story);
        if (reading.kind(0) == JsonKind::Object)
            visit(reading, 0);
        for (JsonIndex i = reading.kind(0) == JsonKind::Array ? story.firstChild(0) : -1; i >= 0;
             i = story.nextSibling(i))
            visit(reading, i);
    }
    return {texts.begin(), texts.end()};
}

/// Different answers in all files of a folder whose records have "turns".
inline std::vector<std::string> benchmarkAnswers(const std::string& folder, std::size_t fewestWords)
{
    std::set<std::string> texts;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (file.path().extension() != ".jsonl")
            continue;
        for (const JsonStory& story : recordsOf(file.path().string())) {
            for (JsonIndex i = 0; i < story.size(); ++i) {
                const JsonNode& node = story.node(i);
                if (node.kind != JsonKind::String || node.parent < 0 || story.node(node.parent).key != "turns")
                    continue;
                std::string text = JsonReading(story).text(i);
                if (static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1 >= fewestWords)
                    texts.insert(std::move(text));
            }
        }
    }
    return {texts.begin(), texts.end()};
}

} // namespace arcscope::evaluation
