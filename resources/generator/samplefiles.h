// The files of the sample corpus, in memory until all are made.
#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace arcscope::samples
{

/// Path below the samples folder (with '/') → content.
using SampleFiles = std::map<std::string, std::string>;

/// What the stories planted, for tests of whatever is meant to find it.
class PlantedFacts
{
public:
    using Json = nlohmann::ordered_json;

    /// `kind` groups facts of one form; `fact` has what identifies the place.
    void add(const std::string& kind, Json fact)
    {
        if (!m_facts.contains(kind))
            m_facts[kind] = Json::array();
        m_facts[kind].push_back(std::move(fact));
    }

    /// One fact a line.
    std::string text() const
    {
        std::string text = "{\n";
        for (auto kind = m_facts.begin(); kind != m_facts.end(); ++kind) {
            text += kind == m_facts.begin() ? "" : ",\n";
            text += Json(kind.key()).dump() + ": [\n";
            for (std::size_t i = 0; i < kind.value().size(); ++i)
                text += (i == 0 ? "  " : ",\n  ") + kind.value()[i].dump();
            text += "\n]";
        }
        return text + "\n}\n";
    }

private:
    Json m_facts = Json::object();
};

} // namespace arcscope::samples
