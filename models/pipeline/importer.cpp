#include "importer.h"

#include "assemble.h"
#include "format.h"
#include "probe.h"
#include "source.h"
#include "spanwriter.h"

#include <algorithm>
#include <new>

namespace arcscope
{
namespace
{

/// Passes everything on to the writer and counts what one file gave.
class CountingSink : public SpanSink
{
public:
    CountingSink(SpanWriter& writer, const Control& control)
        : m_writer(writer)
        , m_control(control)
    {
    }

    StringId intern(std::string_view text) override { return m_writer.intern(text); }
    Row add(const SpanRecord& span, std::string_view record) override
    {
        ++m_spans;
        if (m_control.progress)
            m_control.progress->spans.fetch_add(1, std::memory_order_relaxed);
        SpanRecord stamped = span;
        if (!stamped[SpanText::Format])
            stamped[SpanText::Format] = m_format;
        return m_writer.add(stamped, record);
    }
    void addStream(Row span, PackedStream stream) override { m_writer.addStream(span, std::move(stream)); }
    void report(ImportIssue issue) override
    {
        m_refused += issue.severity == Severity::Error ? issue.count : 0;
        if (m_control.progress)
            m_control.progress->issues.fetch_add(issue.count, std::memory_order_relaxed);
        m_writer.report(std::move(issue));
    }

    void beginFile(std::string_view format)
    {
        m_format = m_writer.intern(format);
        m_spans = 0;
    }
    std::uint64_t spans() const { return m_spans; }
    std::uint64_t refused() const { return m_refused; }

private:
    SpanWriter& m_writer;
    const Control& m_control;
    StringId m_format;
    std::uint64_t m_spans = 0;
    std::uint64_t m_refused = 0;
};

ImportIssue fileIssue(IssueKind kind, const InputFile& file, std::string message)
{
    ImportIssue issue;
    issue.severity = Severity::Error;
    issue.kind = kind;
    issue.file = file.name;
    issue.message = std::move(message);
    return issue;
}

ImportIssue noSpansIssue(const InputFile& file, std::string message)
{
    ImportIssue issue = fileIssue(IssueKind::MissingField, file, std::move(message));
    issue.severity = Severity::Warning;
    return issue;
}

std::string expectedFormats()
{
    std::string titles;
    for (const ImportFormat& format : formats())
        titles += (titles.empty() ? "" : ", ") + std::string(format.title);
    return "; expected one of " + titles;
}

/// Why no format recognised the input. `blank`: bytes of white space before the probe.
std::string whyUnknown(const Probe& probe, std::uint64_t blank)
{
    switch (probe.kind()) {
    case ProbeKind::Empty:
        if (!probe.complete())
            return "there is only white space in the first " + std::to_string(blank + probe.head().size()) + " bytes";
        return blank > 0 || !probe.head().empty() ? "there is nothing but white space" : "the file is empty";
    case ProbeKind::Utf16:
        return "this is UTF-16 text; expected UTF-8";
    case ProbeKind::Binary:
        return "this is a binary file";
    case ProbeKind::Json:
        return "this is JSON, but no trace that is known here";
    case ProbeKind::EventStream:
        return "these are server-sent events, but of no provider that is known here";
    case ProbeKind::Text:
        break;
    }
    return "this is text, but no trace that is known here";
}

/// Reads with one format. Running out of memory on a hostile record is a refused file, not a crash.
Result<void> readGuarded(const ImportFormat& format, ReadJob& job)
{
    try {
        return format.read(job);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::Unreadable, "not enough memory for this file"};
    }
}

/// Reads one input as far as it can be read. `asked`: the user named this very file, not a folder around it. Only
/// Cancelled and failures of the store stop the import.
Result<ImportedFile> importFile(const InputFile& file, bool asked, SpanWriter& writer, CountingSink& sink,
                                const Control& control)
{
    ImportedFile imported{file.name, {}, 0};
    auto source = openSource(file);
    if (!source) {
        if (source.error().code == ErrorCode::Cancelled)
            return source.error();
        writer.beginSource({file.name, {}, file.bytesOnDisk, 0});
        sink.report(fileIssue(IssueKind::UnreadableFile, file, source.error().message));
        writer.endSource(0);
        return imported;
    }
    const Probe probe = Probe::of(**source);
    const ImportFormat* format = sniff(probe);
    writer.beginSource({file.name, format ? std::string(format->name) : std::string(), file.bytesOnDisk, 0});
    if (!format) {
        ImportIssue issue = fileIssue(IssueKind::UnknownFormat, file, whyUnknown(probe, (*source)->position()));
        if (asked)
            issue.message += expectedFormats();
        else // a folder may hold other things too
            issue.severity = probe.kind() == ProbeKind::Json ? Severity::Warning : Severity::Info;
        sink.report(std::move(issue));
        writer.endSource(0);
        return imported;
    }
    imported.format = format->name;
    sink.beginFile(format->name);
    const std::uint64_t refusedBefore = sink.refused();
    ReadJob job{**source, sink, control, file.name};
    const Result<void> read = readGuarded(*format, job);
    imported.spans = sink.spans();
    if (!read) {
        if (read.error().code == ErrorCode::Cancelled)
            return read.error();
        sink.report(fileIssue(IssueKind::UnreadableFile, file, read.error().message));
    } else if (imported.spans == 0 && sink.refused() == refusedBefore)
        sink.report(noSpansIssue(file, "this is " + std::string(format->title) + ", but no spans are in it"));
    writer.endSource(imported.spans);
    return imported;
}

template <typename T>
Result<void> replaceAll(SpanWriter& writer, SpanColumn column, const std::vector<T>& values)
{
    std::vector<std::int64_t> slice;
    for (std::size_t first = 0; first < values.size(); first += chunkRows) {
        const std::size_t last = std::min<std::size_t>(first + chunkRows, values.size());
        slice.assign(values.begin() + static_cast<std::ptrdiff_t>(first),
                     values.begin() + static_cast<std::ptrdiff_t>(last));
        if (auto done = writer.replaceColumn(first / chunkRows, column, encode(slice)); !done)
            return done;
    }
    return {};
}

/// Patches are sorted by column and row: those of one column chunk lie together.
Result<void> applyPatches(SpanWriter& writer, const SpanTable& spans, const std::vector<Patch>& patches)
{
    for (std::size_t i = 0; i < patches.size();) {
        const SpanColumn column = patches[i].column;
        const std::size_t chunk = patches[i].row / chunkRows;
        const Column& before = spans.chunks()[chunk][column];
        std::vector<std::int64_t> values(before.rows());
        before.read(0, values);
        for (; i < patches.size() && patches[i].column == column && patches[i].row / chunkRows == chunk; ++i)
            values[patches[i].row % chunkRows] = patches[i].value;
        if (auto done = writer.replaceColumn(chunk, column, encode(values)); !done)
            return done;
    }
    return {};
}

OrderTable orderTable(const std::vector<Row>& order)
{
    OrderTable table;
    std::vector<std::int64_t> slice;
    for (std::size_t first = 0; first < order.size(); first += chunkRows) {
        const std::size_t last = std::min<std::size_t>(first + chunkRows, order.size());
        slice.assign(order.begin() + static_cast<std::ptrdiff_t>(first),
                     order.begin() + static_cast<std::ptrdiff_t>(last));
        OrderTable::Chunk chunk;
        chunk.rows = static_cast<std::uint32_t>(slice.size());
        chunk.columns[0] = std::make_shared<Column>(encode(slice));
        table.append(std::move(chunk));
    }
    return table;
}

/// Ledger rows of the assembly, with the file and byte of the span they name first.
std::vector<ImportIssue> ledgerRows(const Assembly& assembly, const SpanTable& spans,
                                    const std::vector<SourceFile>& sources)
{
    std::vector<ImportIssue> issues;
    for (const AssemblyIssue& found : assembly.issues) {
        ImportIssue issue;
        issue.severity = found.severity;
        issue.kind = found.kind;
        const auto source = static_cast<std::size_t>(spans.at(SpanColumn::Source, found.row));
        issue.file = source < sources.size() ? sources[source].name : std::string();
        issue.byte = spans.at(SpanColumn::SourceByte, found.row);
        issue.message = found.message;
        issue.count = found.count;
        issues.push_back(std::move(issue));
    }
    return issues;
}

Result<void> assembleInto(SpanWriter& writer, const Control& control)
{
    auto corpus = writer.corpus(assemblyColumns());
    if (!corpus)
        return corpus.error();
    const auto assembly = assemble(*corpus, writer.traceIds(), control);
    if (!assembly)
        return assembly.error();
    if (auto done = applyPatches(writer, corpus->spans, assembly->patches); !done)
        return done;
    if (auto done = replaceAll(writer, SpanColumn::ParentRow, assembly->parentRow); !done)
        return done;
    if (auto done = replaceAll(writer, SpanColumn::Depth, assembly->depth); !done)
        return done;
    if (auto done = replaceAll(writer, SpanColumn::Flags, assembly->flags); !done)
        return done;
    if (auto done = replaceAll(writer, SpanColumn::Lane, assembly->lane); !done)
        return done;
    if (auto done = writer.putTraces(assembly->traces); !done)
        return done;
    if (auto done = writer.putOrder(orderTable(assembly->order)); !done)
        return done;
    return writer.putAssemblyIssues(ledgerRows(*assembly, corpus->spans, writer.sources()));
}

} // namespace

Result<ImportReport> importInto(const std::string& workspace, const std::vector<std::string>& paths,
                                const Control& control, const ChunkObserver& observer)
{
    std::vector<ImportIssue> listing;
    const auto inputs = expandInputs(paths, listing, control);
    if (!inputs)
        return inputs.error();
    if (control.progress) {
        std::uint64_t total = 0;
        for (const InputFile& file : *inputs)
            total += file.bytesOnDisk;
        control.progress->bytesTotal = total;
    }
    auto begun = SpanWriter::begin(workspace, control);
    if (!begun)
        return begun.error();
    SpanWriter& writer = **begun;
    writer.onChunk = observer;
    CountingSink sink(writer, control);
    for (ImportIssue& issue : listing)
        sink.report(std::move(issue));

    ImportReport report;
    for (const InputFile& file : *inputs) {
        const bool asked = std::find(paths.begin(), paths.end(), file.path) != paths.end();
        auto imported = importFile(file, asked, writer, sink, control);
        if (!imported)
            return imported.error();
        report.spans += imported->spans;
        report.files.push_back(std::move(*imported));
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
    }
    if (auto flushed = writer.flush(); !flushed)
        return flushed.error();
    if (auto assembled = assembleInto(writer, control); !assembled)
        return assembled.error();
    if (auto committed = writer.commit(); !committed)
        return committed.error();
    report.refused = sink.refused();
    return report;
}

} // namespace arcscope
