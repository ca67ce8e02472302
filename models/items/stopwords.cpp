#include "stopwords.h"

#include "content.h"
#include "displaytext.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("StopWords", text);
}

struct BucketWords {
    const char* text;
    const char* meaning;
    char16_t sign;
};

constexpr std::array<BucketWords, stopBucketCount> buckets{{
    {QT_TRANSLATE_NOOP("StopWords", "external stop"),
     QT_TRANSLATE_NOOP("StopWords",
                       "Something else ended it: cancelled, cut off, timed out, an error, a limit of the run."),
     u'\u25a0'},
    {QT_TRANSLATE_NOOP("StopWords", "degenerate loop"),
     QT_TRANSLATE_NOOP("StopWords", "It repeats a text or a call at its end."), u'\u21bb'},
    {QT_TRANSLATE_NOOP("StopWords", "declined"),
     QT_TRANSLATE_NOOP("StopWords", "It was refused, filtered or stopped by a guardrail, or the text declines."),
     u'\u2298'},
    {QT_TRANSLATE_NOOP("StopWords", "budget cut"),
     QT_TRANSLATE_NOOP("StopWords", "The limit of tokens or the context window ended it."), u'\u22a3'},
    {QT_TRANSLATE_NOOP("StopWords", "hand-off"),
     QT_TRANSLATE_NOOP("StopWords", "It asks for a tool, or goes on in another call."), u'\u2192'},
    {QT_TRANSLATE_NOOP("StopWords", "silent truncation"),
     QT_TRANSLATE_NOOP("StopWords", "It ends before it is done, and nothing says so."), u'\u2026'},
    {QT_TRANSLATE_NOOP("StopWords", "false completion"),
     QT_TRANSLATE_NOOP("StopWords", "It says that something was done, and no call did it."), u'\u2717'},
    {QT_TRANSLATE_NOOP("StopWords", "complete"), QT_TRANSLATE_NOOP("StopWords", "It ends as a whole answer does."),
     u'\u2713'},
    {QT_TRANSLATE_NOOP("StopWords", "unknown"), QT_TRANSLATE_NOOP("StopWords", "What would tell is not recorded."),
     u'?'},
}};

const BucketWords& wordsOf(StopBucket bucket)
{
    return buckets[static_cast<std::size_t>(bucket)];
}

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString flagText(StopFlag flag)
{
    switch (flag) {
    case StopFlag::MidStructure:
        return tr("Code, JSON or a bracket is open where it ends.");
    case StopFlag::Unanswered:
        return tr("Nothing came back from the tool, and no call follows.");
    case StopFlag::MalformedCall:
        return tr("The arguments of its call are no JSON.");
    case StopFlag::PolicyRefusal:
        return tr("It will not do what was asked for.");
    case StopFlag::CapabilityRefusal:
        return tr("It cannot do what was asked for.");
    case StopFlag::LooksWhole:
        return tr("It was cut, and nothing in the text shows it.");
    case StopFlag::NothingSaid:
        return tr("It ended without any text or call.");
    }
    return {};
}

} // namespace

QString bucketText(StopBucket bucket)
{
    return tr(wordsOf(bucket).text);
}

QString bucketMeaning(StopBucket bucket)
{
    return tr(wordsOf(bucket).meaning);
}

QChar bucketSign(StopBucket bucket)
{
    return wordsOf(bucket).sign;
}

QChar disagreementSign()
{
    return u'\u2260';
}

QString claimText(StopClaim claim)
{
    return fromView(name(claim));
}

QString vendorWordText(std::string_view word)
{
    return word.empty() ? tr("not recorded") : oneLine(word, 80);
}

QString StopPair::text() const
{
    return isEmpty() ? QString()
                     : QStringLiteral("%1 %2 %3")
                           .arg(vendor, disagrees ? QString(disagreementSign()) : QStringLiteral("|"), derived);
}

QString StopPair::tip() const
{
    if (isEmpty())
        return {};
    QStringList lines{recorded ? tr("The vendor says: %1").arg(vendor) : tr("The vendor's word is not recorded"),
                      tr("It stopped for: %1").arg(derived)};
    if (disagrees)
        lines << tr("%1 The two do not agree").arg(disagreementSign());
    if (!rule.isEmpty())
        lines << tr("Rule %1: %2").arg(rule, why);
    return lines.join(QLatin1Char('\n'));
}

QString StopPair::spokenText() const
{
    if (isEmpty())
        return {};
    const QString said = recorded ? vendor : tr("vendor's word not recorded");
    return disagrees ? tr("stop reason %1, but it was %2").arg(said, derived)
                     : tr("stop reason %1: %2").arg(said, derived);
}

StopPair stopPair(const Corpus& corpus, const SpanStop* stop)
{
    StopPair pair;
    if (!stop)
        return pair;
    const std::string_view word = corpus.text(SpanText::StopReason, stop->row);
    pair.vendor = vendorWordText(word);
    pair.recorded = !word.empty();
    pair.bucket = stop->bucket;
    pair.derived = bucketText(stop->bucket);
    pair.disagrees = stop->disagrees;
    pair.rule = fromView(stop->rule);
    if (const StopRule* const rule = stopRuleNamed(stop->rule))
        pair.why = tr(std::string(rule->about).c_str());
    return pair;
}

QStringList stopRemarks(const SpanStop& stop)
{
    QStringList remarks;
    for (const StopFlag flag : stopFlags(stop.flags))
        remarks << flagText(flag);
    QStringList others;
    for (std::size_t i = 0; i < stopRules().size(); ++i) {
        if ((stop.also >> i & 1) != 0 && stopRules()[i].name != stop.rule)
            others << fromView(stopRules()[i].name);
    }
    if (!others.isEmpty())
        remarks << tr("Also holds: %1.").arg(others.join(QStringLiteral(", ")));
    return remarks;
}

std::vector<Attribute> stopFacts(const Corpus& corpus, const SpanStop* stop)
{
    std::vector<Attribute> facts;
    const StopPair pair = stopPair(corpus, stop);
    if (pair.isEmpty())
        return facts;
    const auto add = [&](const QString& key, const QString& value) {
        facts.push_back({key.toStdString(), value.toStdString(), AttributeType::Text});
    };
    add(tr("Stopped for"),
        pair.disagrees ? tr("%1 %2 (the vendor's word says something else)").arg(disagreementSign()).arg(pair.derived)
                       : pair.derived);
    add(tr("Stop rule"), QStringLiteral("%1: %2").arg(pair.rule, pair.why));
    for (const QString& remark : stopRemarks(*stop))
        add(tr("Of the stop"), remark);
    return facts;
}

QString shareText(std::uint64_t count, std::uint64_t of)
{
    if (of == 0)
        return {};
    const auto percent = std::lround(100.0 * static_cast<double>(count) / static_cast<double>(of));
    if (percent == 0 && count > 0)
        return tr("< 1 %");
    if (percent == 100 && count < of)
        return tr("> 99 %");
    return tr("%1 %").arg(percent);
}

} // namespace arcscope
