#include "recordrange.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace arcscope
{
namespace
{

/// As between the quotes of a JSON string.
std::string escapedText(const QString& text)
{
    const QByteArray json = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return json.mid(2, json.size() - 4).toStdString(); // [" and "]
}

std::optional<PlacePart> onlyPlace(const std::string& record, const std::string& text)
{
    const std::size_t at = record.find(text);
    if (text.empty() || at == std::string::npos || record.find(text, at + 1) != std::string::npos)
        return std::nullopt;
    return PlacePart{PlacePart::Of::Bytes, static_cast<std::int64_t>(at), static_cast<std::int64_t>(at + text.size())};
}

} // namespace

std::optional<PlacePart> bytesOfText(const std::string& record, const QString& text)
{
    const auto plain = onlyPlace(record, text.toStdString());
    return plain ? plain : onlyPlace(record, escapedText(text));
}

QString textOfBytes(const std::string& record, const PlacePart& part)
{
    if (part.of != PlacePart::Of::Bytes || part.to > static_cast<std::int64_t>(record.size()))
        return {};
    const std::string bytes =
        record.substr(static_cast<std::size_t>(part.from), static_cast<std::size_t>(part.to - part.from));
    return QString::fromStdString(bytes).section(QLatin1Char('\n'), 0, 0);
}

} // namespace arcscope
