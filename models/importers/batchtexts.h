// Texts and ledger rows of records that are read away from the thread that owns the corpus, and their way into it.
#pragma once

#include "spanrecord.h"
#include "stringtable.h"

#include <cassert>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace arcscope
{

/// What a reader of single records is given for a sink: it takes texts and ledger rows, no spans. For a batch their ids
/// count from 1 and rows are kept; without a batch it passes everything on at once.
class RecordSink final : public SpanSink
{
public:
    explicit RecordSink(SpanSink& sink)
        : m_sink(sink)
    {
    }

    /// Of one batch from now on.
    void beginBatch()
    {
        m_batched = true;
        m_pool = StringPool();
        m_issues.clear();
    }
    /// The texts in the order of their ids; null for none.
    std::shared_ptr<const StringSegment> takeTexts() { return m_pool.takeNew(); }
    std::vector<ImportIssue> takeIssues() { return std::exchange(m_issues, {}); }
    std::size_t texts() const { return m_pool.size() - 1; }
    std::size_t issues() const { return m_issues.size(); }

    StringId intern(std::string_view text) override { return m_batched ? m_pool.intern(text) : m_sink.intern(text); }
    void report(ImportIssue issue) override
    {
        if (m_batched)
            m_issues.push_back(std::move(issue));
        else
            m_sink.report(std::move(issue));
    }
    Row add(const SpanRecord&, std::string_view) override
    {
        assert(false);
        return noRow;
    }
    void addStream(Row, PackedStream) override { assert(false); }

private:
    SpanSink& m_sink;
    bool m_batched = false;
    StringPool m_pool;
    std::vector<ImportIssue> m_issues;
};

/// Gives the texts of a batch their ids in the corpus, each when the first record that has it is taken: so they are the
/// same as if the records had been read one after the other.
class TextMap
{
public:
    void begin(std::shared_ptr<const StringSegment> texts)
    {
        m_texts = std::move(texts);
        m_ids.assign(1, StringId{});
    }
    /// The first `texts` texts are needed now.
    void need(std::size_t texts, SpanSink& sink)
    {
        while (m_ids.size() <= texts)
            m_ids.push_back(sink.intern((*m_texts)[m_ids.size() - 1]));
    }

    void translate(StringId& text) const { text = m_ids[text.value]; }
    void translate(Id& id) const
    {
        if (id.form == IdForm::Text)
            id.low = m_ids[static_cast<std::size_t>(id.low)].value;
    }
    void translate(SpanRecord& span) const
    {
        translate(span.trace);
        translate(span.span);
        translate(span.parent);
        for (StringId& text : span.texts)
            translate(text);
    }

private:
    std::shared_ptr<const StringSegment> m_texts;
    std::vector<StringId> m_ids; ///< by id in the batch
};

} // namespace arcscope
