#include "detectorsettings.h"

#include "detector.h"
#include "turnsignals.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace arcscope
{
namespace
{

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t from = text.find_first_not_of(blanks);
    return from == text.npos ? std::string_view() : text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

std::string numberText(double value)
{
    std::ostringstream text;
    text << value;
    return text.str();
}

} // namespace

Result<void> DetectorSettings::set(std::string_view name, double value)
{
    const DetectorSetting* const setting = settingNamed(name);
    if (!setting)
        return Error{ErrorCode::Usage, "no detector has a setting “" + std::string(name) + "”"};
    if (!(value >= setting->least && value <= setting->most))
        return Error{ErrorCode::Usage, std::string(name) + " is a number from " + numberText(setting->least) + " to " +
                                           numberText(setting->most)};
    if (value == setting->standard)
        m_changed.erase(std::string(name));
    else
        m_changed.insert_or_assign(std::string(name), value);
    return {};
}

double DetectorSettings::of(const DetectorSetting& setting) const
{
    const auto found = m_changed.find(setting.name);
    return found == m_changed.end() ? setting.standard : found->second;
}

Result<void> readSettings(std::string_view text, DetectorSettings& into)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(",\n#"), text.size());
        const std::string_view entry = trimmed(text.substr(0, end));
        const bool remark = end < text.size() && text[end] == '#';
        const std::size_t next = remark ? text.find('\n', end) : end;
        text.remove_prefix(std::min(next == text.npos ? text.size() : next + 1, text.size()));
        if (entry.empty())
            continue;
        const std::size_t equals = entry.find('=');
        const std::string_view value = equals == entry.npos ? std::string_view() : trimmed(entry.substr(equals + 1));
        double number = 0;
        const auto [last, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (value.empty() || error != std::errc() || last != value.data() + value.size())
            return Error{ErrorCode::Usage, "“" + std::string(entry) + "” is not NAME=NUMBER"};
        if (auto done = into.set(trimmed(entry.substr(0, equals)), number); !done)
            return done;
    }
    return {};
}

const DetectorSetting* settingNamed(std::string_view name)
{
    for (const Detector& detector : detectors()) {
        for (const DetectorSetting& setting : detector.settings) {
            if (setting.name == name)
                return &setting;
        }
    }
    for (const DetectorSetting& setting : turnSignalSettings()) {
        if (setting.name == name)
            return &setting;
    }
    return nullptr;
}

int versionOf(const Detector& detector, const DetectorSettings& settings)
{
    std::string changed;
    for (const DetectorSetting& setting : detector.settings) {
        if (const double value = settings.of(setting); value != setting.standard)
            changed += std::string(setting.name) + '=' + numberText(value) + '\n';
    }
    if (changed.empty())
        return detector.version;
    // Versions count from 1: what was set lies below 0, whatever it was.
    changed += std::to_string(detector.version);
    return -1 - static_cast<int>(hashOf(changed) & 0x3fffffffU);
}

} // namespace arcscope
