#include "findingreport.h"

#include "displaytext.h"
#include "findingwords.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("FindingReport", text);
}

/// Behind a fence that is longer than any in the text.
QString block(const QString& text)
{
    qsizetype longest = 2;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == QLatin1Char('`') ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, QLatin1Char('`'));
    return fence + QStringLiteral("text\n") + text + QLatin1Char('\n') + fence;
}

QString traceText(const Corpus& corpus, Row row)
{
    const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
    if (trace >= corpus.traces.rows())
        return notRecordedText();
    const QString name =
        oneLine(corpus.strings[StringId{static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Name, trace))}], 120);
    const QString id = oneLine(corpus.traceIdText(trace), 120);
    return id.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, id);
}

QString spanText(const Corpus& corpus, Row row)
{
    const QString name = oneLine(corpus.text(SpanText::Name, row), 120);
    const QString id = oneLine(corpus.idText(corpus.spans.spanId(row)), 120);
    const QString kind = kindText(corpus.spans.kind(row));
    return id.isEmpty() ? QStringLiteral("%1 %2").arg(kind, name) : QStringLiteral("%1 %2 (%3)").arg(kind, name, id);
}

} // namespace

QString postmortemText(const FindingReport& report)
{
    const FoundFindings& found = report.found;
    const Finding& finding = found.findings[report.finding];
    const Corpus& corpus = *found.corpus;
    QStringList parts;
    parts << QStringLiteral("## %1: %2 (%3)")
                 .arg(levelText(finding.level), markdownText(QString::fromStdString(finding.rule)),
                      weightText(finding.weight));
    parts << markdownText(oneLine(finding.what, 1'000));

    QStringList facts;
    facts << tr("Trace: %1").arg(markdownText(traceText(corpus, finding.places.front().row)));
    facts << tr("Basis: %1").arg(basisText(finding.evidence));
    if (finding.exposure != noTime)
        facts << tr("In sight of a user for %1").arg(QString::fromStdString(durationText(finding.exposure)));
    if (const std::size_t times = found.entries[report.entry].findings.size(); times > 1)
        facts << tr("The same cause was found %1 times; this is one of them").arg(times);
    if (report.said.verdict != FindingVerdict::Open)
        facts << tr("Verdict: %1").arg(verdictText(report.said.verdict)) +
                     (report.said.reason.empty()
                          ? QString()
                          : QStringLiteral(" – ") + markdownText(oneLine(report.said.reason, 1'000)));
    if (!report.said.note.empty())
        facts << tr("Note: %1").arg(markdownText(oneLine(report.said.note, 4'000)));
    for (const FindingFact& fact : finding.facts)
        facts << QStringLiteral("%1: %2").arg(markdownText(oneLine(fact.label, 200)),
                                              markdownText(oneLine(fact.text, 1'000)));
    parts << QStringLiteral("- ") + facts.join(QStringLiteral("\n- "));

    for (std::size_t i = 0; i < finding.places.size(); ++i) {
        const FindingPlace& place = finding.places[i];
        QStringList head{tr("Evidence %1").arg(i + 1), markdownText(spanText(corpus, place.row))};
        if (traceText(corpus, place.row) != traceText(corpus, finding.places.front().row))
            head << markdownText(traceText(corpus, place.row));
        if (const QString of = sourceText(place); !of.isEmpty())
            head << of;
        const Nanos time = shownTime(found, report.shown, place);
        head << (time == noTime ? tr("time not recorded") : exactTimeText(time));
        parts << QStringLiteral("**%1**").arg(head.takeFirst()) + QStringLiteral(" · ") +
                     head.join(QStringLiteral(" · "));
        if (!place.quote.empty())
            parts << block(safeText(place.quote));
    }

    QStringList rule;
    if (const DetectorRule* known = ruleNamed(finding.rule)) {
        rule << tr("Rule %1: %2")
                    .arg(markdownText(QString::fromStdString(finding.rule)),
                         markdownText(QString::fromStdString(std::string(known->about))))
             << tr("Measured: %1")
                    .arg(markdownText(measuresText(known->name).replace(QLatin1Char('\n'), QStringLiteral("; "))));
    }
    QString made = report.program;
    if (!report.source.isEmpty())
        made += QStringLiteral(", ") + markdownText(report.source);
    rule << made;
    parts << rule.join(QStringLiteral("  \n"));
    return parts.join(QStringLiteral("\n\n")) + QLatin1Char('\n');
}

} // namespace arcscope
