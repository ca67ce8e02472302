#include "openrequest.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace arcscope
{
namespace
{

const QString schema = QStringLiteral("arcscope.open/1");

bool names(const QString& path)
{
    return QDir::isAbsolutePath(path) || path.startsWith(QLatin1String("arcscope:"));
}

} // namespace

QByteArray requestLine(const OpenRequest& request)
{
    const QJsonObject object{{QStringLiteral("schema"), schema},
                             {QStringLiteral("paths"), QJsonArray::fromStringList(request.paths)},
                             {QStringLiteral("follow"), request.follow},
                             {QStringLiteral("alignClocks"), request.alignClocks},
                             {QStringLiteral("activation"), request.activation}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<OpenRequest> requestOf(const QByteArray& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object.value(QLatin1String("schema")).toString() != schema)
        return std::nullopt;
    OpenRequest request;
    for (const QJsonValue path : object.value(QLatin1String("paths")).toArray()) {
        request.paths << path.toString();
        if (!names(request.paths.constLast()))
            return std::nullopt;
    }
    request.follow = object.value(QLatin1String("follow")).toBool();
    request.alignClocks = object.value(QLatin1String("alignClocks")).toBool();
    request.activation = object.value(QLatin1String("activation")).toString();
    return request;
}

} // namespace arcscope
