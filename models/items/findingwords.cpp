#include "findingwords.h"

#include "displaytext.h"
#include "rulemeasures.h"

#include <QCoreApplication>
#include <QStringList>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Findings", text);
}

QString ofText(TextPlace::Of of)
{
    switch (of) {
    case TextPlace::Of::Input:
        return tr("input");
    case TextPlace::Of::Output:
        return tr("output");
    case TextPlace::Of::ToolArguments:
        return tr("arguments");
    case TextPlace::Of::ToolResult:
        return tr("result");
    case TextPlace::Of::StatusMessage:
        return tr("status message");
    case TextPlace::Of::Attribute:
        return tr("attribute");
    case TextPlace::Of::None:
        break;
    }
    return {};
}

} // namespace

QString levelText(FindingLevel level)
{
    switch (level) {
    case FindingLevel::Signal:
        return tr("Signal");
    case FindingLevel::Check:
        return tr("Check this");
    case FindingLevel::Finding:
        break;
    }
    return tr("Finding");
}

QString levelMeaning(FindingLevel level)
{
    switch (level) {
    case FindingLevel::Signal:
        return tr("A signal: of use to somebody who looks for it.");
    case FindingLevel::Check:
        return tr("Check this: often right, and a person has to decide.");
    case FindingLevel::Finding:
        break;
    }
    return tr("A finding: nearly always right.");
}

QString weightText(FindingWeight weight)
{
    switch (weight) {
    case FindingWeight::Note:
        return tr("note");
    case FindingWeight::Warning:
        return tr("warning");
    case FindingWeight::Severe:
        break;
    }
    return tr("severe");
}

QString weightSign(FindingWeight weight)
{
    const char* const signs[] = {"i", "!", "\u203c"};
    return QString::fromUtf8(signs[static_cast<std::size_t>(weight)]);
}

QString basisText(StreamEvidence evidence)
{
    switch (evidence) {
    case StreamEvidence::Observed:
        return tr("measured");
    case StreamEvidence::Declared:
        return tr("declared");
    case StreamEvidence::Inferred:
        break;
    }
    return tr("inferred");
}

QString verdictText(FindingVerdict verdict)
{
    switch (verdict) {
    case FindingVerdict::Open:
        return tr("open");
    case FindingVerdict::Confirmed:
        return tr("confirmed");
    case FindingVerdict::Dismissed:
        break;
    }
    return tr("dismissed");
}

QString measuresText(std::string_view rule)
{
    QStringList lines;
    for (const RuleMeasure& measure : measuresOf(rule))
        lines << QString::fromStdString(measureText(measure));
    return lines.isEmpty() ? tr("not measured") : lines.join(QLatin1Char('\n'));
}

QString sourceText(const FindingPlace& place)
{
    QStringList parts;
    if (const QString of = ofText(place.text.of); !of.isEmpty())
        parts << of;
    if (place.text.of == TextPlace::Of::Input || place.text.of == TextPlace::Of::Output)
        parts << tr("message %1").arg(place.text.message + 1);
    if (place.event != noEvent)
        parts << tr("stream, event %1").arg(place.event + 1);
    return parts.join(QStringLiteral(", "));
}

} // namespace arcscope
