#include "spanfactlist.h"

#include "clockskew.h"
#include "displaytext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("SpanFacts", text);
}

class FactList
{
public:
    void add(const QString& key, const QString& value)
    {
        m_facts.push_back({key.toStdString(), value.toStdString(), AttributeType::Text});
    }
    void addRecorded(const QString& key, std::string_view value)
    {
        if (!value.empty())
            m_facts.push_back({key.toStdString(), std::string(value), AttributeType::Text});
    }
    std::vector<Attribute> take() { return std::move(m_facts); }

private:
    std::vector<Attribute> m_facts;
};

/// "value  (measured)"; a value that is not recorded says only that.
QString withProvenance(const QString& value, Provenance provenance)
{
    return provenance == Provenance::NotRecorded ? value
                                                 : QStringLiteral("%1  (%2)").arg(value, provenanceText(provenance));
}

QString factLabel(SpanText text)
{
    constexpr std::array labels{
        QT_TRANSLATE_NOOP("SpanFacts", "Name"),           QT_TRANSLATE_NOOP("SpanFacts", "Service"),
        QT_TRANSLATE_NOOP("SpanFacts", "Agent"),          QT_TRANSLATE_NOOP("SpanFacts", "Tool"),
        QT_TRANSLATE_NOOP("SpanFacts", "Tool call id"),   QT_TRANSLATE_NOOP("SpanFacts", "Model requested"),
        QT_TRANSLATE_NOOP("SpanFacts", "Model served"),   QT_TRANSLATE_NOOP("SpanFacts", "Provider"),
        QT_TRANSLATE_NOOP("SpanFacts", "Session"),        QT_TRANSLATE_NOOP("SpanFacts", "Task"),
        QT_TRANSLATE_NOOP("SpanFacts", "User"),           QT_TRANSLATE_NOOP("SpanFacts", "Tenant"),
        QT_TRANSLATE_NOOP("SpanFacts", "Plan"),           QT_TRANSLATE_NOOP("SpanFacts", "Prompt"),
        QT_TRANSLATE_NOOP("SpanFacts", "Prompt version"), QT_TRANSLATE_NOOP("SpanFacts", "Environment"),
        QT_TRANSLATE_NOOP("SpanFacts", "Trigger"),        QT_TRANSLATE_NOOP("SpanFacts", "Device"),
        QT_TRANSLATE_NOOP("SpanFacts", "Stop reason"),    QT_TRANSLATE_NOOP("SpanFacts", "Error type")};
    return tr(labels[static_cast<std::size_t>(text)]);
}

QString flagsText(const SpanTable& spans, Row row)
{
    const std::pair<SpanFlag, const char*> words[] = {
        {SpanFlag::Orphan, QT_TRANSLATE_NOOP("SpanFacts", "its parent is not in the corpus")},
        {SpanFlag::CycleCut, QT_TRANSLATE_NOOP("SpanFacts", "its parent link closed a cycle and was cut")},
        {SpanFlag::EndsBeforeStart, QT_TRANSLATE_NOOP("SpanFacts", "it ends before it starts")},
        {SpanFlag::Unfinished, QT_TRANSLATE_NOOP("SpanFacts", "no end is recorded")},
        {SpanFlag::OutsideParent, QT_TRANSLATE_NOOP("SpanFacts", "it lies outside its parent's time")},
        {SpanFlag::Synthetic,
         QT_TRANSLATE_NOOP("SpanFacts", "it groups others; the source has no record of its own for it")},
        {SpanFlag::NotExecuted, QT_TRANSLATE_NOOP("SpanFacts", "it was asked for; that it ran is not recorded")},
        {SpanFlag::Streamed, QT_TRANSLATE_NOOP("SpanFacts", "its stream events are recorded")}};
    QStringList found;
    for (const auto& [flag, word] : words) {
        if (spans.flagged(row, flag))
            found << tr(word);
    }
    return found.join(QStringLiteral("; "));
}

QString tokensText(std::int64_t tokens)
{
    return tokens == noTokens ? tr("not recorded") : countText(tokens);
}

void addOwnUsage(FactList& facts, const SpanTable& spans, Row row)
{
    const Usage usage = spans.usage(row);
    if (!usage.recorded()) {
        facts.add(tr("Tokens"), tr("not recorded"));
        return;
    }
    constexpr std::array labels{QT_TRANSLATE_NOOP("SpanFacts", "Input, uncached"),
                                QT_TRANSLATE_NOOP("SpanFacts", "Read from cache"),
                                QT_TRANSLATE_NOOP("SpanFacts", "Written to cache"),
                                QT_TRANSLATE_NOOP("SpanFacts", "Written to cache, 1 h"),
                                QT_TRANSLATE_NOOP("SpanFacts", "Output, visible"),
                                QT_TRANSLATE_NOOP("SpanFacts", "Reasoning"),
                                QT_TRANSLATE_NOOP("SpanFacts", "Prediction accepted"),
                                QT_TRANSLATE_NOOP("SpanFacts", "Prediction rejected"),
                                QT_TRANSLATE_NOOP("SpanFacts", "Audio in"),
                                QT_TRANSLATE_NOOP("SpanFacts", "Audio out")};
    for (int i = 0; i < usageClassCount; ++i) {
        const auto usageClass = static_cast<UsageClass>(i);
        const bool common = usageClass == UsageClass::Input || usageClass == UsageClass::CacheRead ||
                            usageClass == UsageClass::Output || usageClass == UsageClass::Reasoning;
        if (common || usage[usageClass] != noTokens)
            facts.add(tr(labels[static_cast<std::size_t>(i)]), tokensText(usage[usageClass]));
    }
    facts.add(tr("Total processed"), withProvenance(countText(usage.total()), spans.provenance(row).of(Fact::Usage)));
    const bool rollUp = spans.flagged(row, SpanFlag::RollUpUsage);
    const bool repeated = spans.flagged(row, SpanFlag::RepeatedUsage);
    facts.add(tr("In the totals"), rollUp     ? tr("no: it repeats what is recorded below it")
                                   : repeated ? tr("no: the same response is counted on another span")
                                              : tr("yes"));
    if (spans.has(SpanColumn::UsageDialect)) {
        const auto dialect = static_cast<UsageDialect>(spans.at(SpanColumn::UsageDialect, row));
        facts.addRecorded(tr("The source counts"), relationsOf(dialect));
    }
}

void addSourceCounts(FactList& facts, const RawUsage& raw)
{
    const std::pair<const char*, std::int64_t> counts[] = {
        {QT_TRANSLATE_NOOP("SpanFacts", "Source: input"), raw.input},
        {QT_TRANSLATE_NOOP("SpanFacts", "Source: output"), raw.output},
        {QT_TRANSLATE_NOOP("SpanFacts", "Source: total"), raw.total},
        {QT_TRANSLATE_NOOP("SpanFacts", "Source: cache read"), raw.cacheRead},
        {QT_TRANSLATE_NOOP("SpanFacts", "Source: cache write"), raw.cacheWrite},
        {QT_TRANSLATE_NOOP("SpanFacts", "Source: reasoning"), raw.reasoning}};
    for (const auto& [label, count] : counts) {
        if (count != noTokens)
            facts.add(tr(label), countText(count));
    }
}

void addAccounts(FactList& facts, const SpanInspection& inspection)
{
    if (inspection.withBelow && inspection.withBelow->usage.recorded())
        facts.add(tr("With all below it"), countText(inspection.withBelow->usage.total()));
    if (!inspection.ofTrace)
        return;
    const Account& trace = *inspection.ofTrace;
    if (trace.usage.recorded())
        facts.add(tr("Whole trace"), countText(trace.usage.total()));
    facts.add(tr("The trace"), QString::fromStdString(std::string(name(trace.verdict())) + ": " + reasonOf(trace)));
}

QString modelText(const Account::Unpriced& unpriced)
{
    return unpriced.model.empty() ? tr("model not recorded") : oneLine(unpriced.model);
}

QString callsText(std::uint64_t calls)
{
    return counted(static_cast<std::int64_t>(calls), tr("%1 call"), tr("%1 calls"));
}

QString pricedText(const Account& account)
{
    std::uint64_t unpriced = 0;
    for (const Account::Unpriced& each : account.unpriced)
        unpriced += each.calls;
    if (account.priced < 0)
        return unpriced > 0 ? tr("unpriced") : tr("no usage to price");
    const QString cost = tr("%1 for %2").arg(costText(account.priced, "USD"), callsText(account.pricedCalls));
    return unpriced > 0 ? tr("%1, %2 unpriced").arg(cost, callsText(unpriced)) : cost;
}

/// What the price table gives, apart from what sources state.
void addComputedCosts(FactList& facts, const SpanInspection& inspection)
{
    if (!inspection.prices || !inspection.ofSpan || !inspection.withBelow || !inspection.ofTrace)
        return;
    constexpr std::size_t mostModels = 8;
    if (inspection.ofSpan->priced >= 0)
        facts.add(tr("Computed cost"), costText(inspection.ofSpan->priced, "USD"));
    else if (!inspection.ofSpan->unpriced.empty())
        facts.add(tr("Computed cost"), tr("unpriced: %1").arg(modelText(inspection.ofSpan->unpriced.front())));
    facts.add(tr("Computed with below"), pricedText(*inspection.withBelow));
    facts.add(tr("Computed, the trace"), pricedText(*inspection.ofTrace));
    const std::vector<Account::Unpriced>& unpriced = inspection.ofTrace->unpriced;
    for (std::size_t i = 0; i < std::min(mostModels, unpriced.size()); ++i)
        facts.add(tr("Unpriced in the trace"),
                  tr("%1: %2, %3 tokens")
                      .arg(modelText(unpriced[i]), callsText(unpriced[i].calls), countText(unpriced[i].tokens)));
    if (unpriced.size() > mostModels)
        facts.add(tr("Unpriced in the trace"), counted(static_cast<std::int64_t>(unpriced.size() - mostModels),
                                                       tr("%1 more model"), tr("%1 more models")));
    facts.add(tr("Price table"), oneLine(inspection.prices->version));
}

} // namespace

std::vector<Attribute> summaryFacts(const Corpus& corpus, Row row, const SpanInspection* inspection)
{
    const SpanTable& spans = corpus.spans;
    const ProvenanceSet provenance = spans.has(SpanColumn::Provenance) ? spans.provenance(row) : ProvenanceSet();
    FactList facts;
    facts.addRecorded(tr("Name"), corpus.text(SpanText::Name, row));
    facts.add(tr("Kind"), withProvenance(kindText(spans.kind(row)), provenance.of(Fact::Kind)));
    facts.add(tr("Status"), statusText(spans.status(row)));
    if (inspection)
        facts.addRecorded(tr("Status message"), inspection->content.statusMessage);
    facts.add(tr("Start"), withProvenance(exactTimeText(spans.start(row)), provenance.of(Fact::Start)));
    if (spans.flagged(row, SpanFlag::ClockAligned)) {
        const Nanos offset = spans.start(row) - recordedStart(corpus, row);
        facts.add(tr("Start as recorded"), exactTimeText(recordedStart(corpus, row)));
        facts.add(tr("Clock"), tr("shown %1 %2 than recorded: the clock of the service is aligned")
                                   .arg(QString::fromStdString(durationText(offset < 0 ? -offset : offset)),
                                        offset < 0 ? tr("earlier") : tr("later")));
    }
    facts.add(tr("Duration"), spans.duration(row) < 0
                                  ? tr("not recorded")
                                  : withProvenance(QString::fromStdString(durationText(spans.duration(row))),
                                                   provenance.of(Fact::End)));
    if (spans.has(SpanColumn::FirstToken) && spans.at(SpanColumn::FirstToken, row) >= 0)
        facts.add(tr("Time to first token"),
                  QString::fromStdString(durationText(spans.at(SpanColumn::FirstToken, row))));
    if (spans.has(SpanColumn::Cost) && spans.at(SpanColumn::Cost, row) >= 0)
        facts.add(tr("Cost"),
                  withProvenance(costText(spans.at(SpanColumn::Cost, row), corpus.text(SpanText::Currency, row)),
                                 provenance.of(Fact::Cost)));
    for (int i = static_cast<int>(SpanText::Service); i <= static_cast<int>(SpanText::ErrorType); ++i) {
        const auto text = static_cast<SpanText>(i);
        if (spans.has(columnOf(text)))
            facts.addRecorded(factLabel(text), corpus.text(text, row));
    }
    facts.addRecorded(tr("Span id"), corpus.idText(spans.spanId(row)));
    facts.addRecorded(tr("Read as"), corpus.text(SpanText::Format, row));
    if (const QString flags = flagsText(spans, row); !flags.isEmpty())
        facts.add(tr("Note"), flags);
    if (inspection) {
        facts.addRecorded(tr("Problem"), inspection->problem);
        for (const std::string& note : inspection->content.notes)
            facts.addRecorded(tr("Decoder"), note);
    }
    return facts.take();
}

std::vector<Attribute> usageFacts(const Corpus& corpus, const SpanInspection& inspection)
{
    FactList facts;
    addOwnUsage(facts, corpus.spans, inspection.row);
    addSourceCounts(facts, inspection.content.usage);
    addAccounts(facts, inspection);
    addComputedCosts(facts, inspection);
    return facts.take();
}

std::vector<Attribute> attributeFacts(const SpanContent& content)
{
    std::vector<Attribute> facts = content.attributes;
    for (std::size_t i = 0; i < content.events.size(); ++i) {
        const SpanEvent& event = content.events[i];
        const std::string prefix = "event " + std::to_string(i + 1) + " " + event.name;
        facts.push_back({prefix, event.time == noTime ? std::string() : isoText(event.time), AttributeType::Text});
        for (const Attribute& attribute : event.attributes)
            facts.push_back({prefix + " · " + attribute.key, attribute.value, attribute.type});
    }
    for (std::size_t i = 0; i < content.links.size(); ++i)
        facts.push_back({"link " + std::to_string(i + 1), content.links[i].trace + "/" + content.links[i].span,
                         AttributeType::Text});
    for (const Attribute& attribute : content.resource)
        facts.push_back({"resource · " + attribute.key, attribute.value, attribute.type});
    return facts;
}

} // namespace arcscope
