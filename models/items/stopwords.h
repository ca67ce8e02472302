// Stop reasons in words: what a vendor's word claims beside what it stopped for, the same in every view.
#pragma once

#include "content.h"
#include "foundstops.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace arcscope
{

QString bucketText(StopBucket bucket);    ///< "silent truncation"
QString bucketMeaning(StopBucket bucket); ///< one sentence
/// One character, so that colour is never alone.
QChar bucketSign(StopBucket bucket);
/// What stands between two words that say different things.
QChar disagreementSign();
QString claimText(StopClaim claim);            ///< "complete", "length", …
QString vendorWordText(std::string_view word); ///< safe to show; "not recorded" for none

/// What a badge says: the vendor's word on its left, what the call stopped for on its right.
struct StopPair {
    QString vendor;
    bool recorded = false; ///< the vendor's word
    QString derived;
    StopBucket bucket = StopBucket::Unknown;
    bool disagrees = false;
    QString rule;
    QString why; ///< when the rule holds, in one sentence

    bool isEmpty() const { return derived.isEmpty(); }
    QString text() const;       ///< "end_turn | complete", "end_turn ≠ silent truncation"
    QString tip() const;        ///< what both are and the rule, line by line
    QString spokenText() const; ///< for screen readers
    bool operator==(const StopPair&) const = default;
};

/// Of a span of that survey; empty for null.
StopPair stopPair(const Corpus& corpus, const SpanStop* stop);
/// What is said beside the bucket, and which other rules hold, each a sentence.
QStringList stopRemarks(const SpanStop& stop);

/// For the list of facts of a span: what it stopped for, the rule, what is said beside it. Nothing for null.
std::vector<Attribute> stopFacts(const Corpus& corpus, const SpanStop* stop);

/// "6 %"; "< 1 %" and "> 99 %" where rounding would say none or all; empty where `of` is 0.
QString shareText(std::uint64_t count, std::uint64_t of);

} // namespace arcscope
