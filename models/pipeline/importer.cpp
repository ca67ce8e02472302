#include "importer.h"

#include "assembling.h"
#include "inputimport.h"
#include "inputreading.h"
#include "inputsahead.h"
#include "knowncontent.h"
#include "mappingmatch.h"
#include "mappingshelf.h"
#include "packing.h"
#include "probe.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Passes everything on to the writer and counts what one file gave.
class CountingSink : public SpanSink, public RecordKeeper
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
        if (record.size() > maxStoredRecord) {
            report({Severity::Warning,
                    IssueKind::OversizedRecord,
                    {},
                    -1,
                    span.sourceByte,
                    "of a span's record the first 256 MB are kept"});
            record = record.substr(0, maxStoredRecord);
        }
        if (span[SpanText::Format])
            return m_writer.add(span, record);
        SpanRecord stamped = span;
        stamped[SpanText::Format] = m_format;
        return m_writer.add(stamped, record);
    }
    void addStream(Row span, PackedStream stream) override
    {
        if (stream.text.size() + stream.detail.size() + stream.events.size() <= maxStoredStream)
            m_writer.addStream(span, std::move(stream));
        else
            report({Severity::Error,
                    IssueKind::OversizedRecord,
                    {},
                    -1,
                    -1,
                    "the events of a stream of more than 768 MB are not kept",
                    stream.count});
    }
    void lend(std::string_view text, const std::shared_ptr<const char[]>& buffer) override
    {
        m_writer.lend(text, buffer);
    }
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

/// What went wrong; a ledger row names the file by itself.
std::string withoutName(std::string message, const InputFile& file)
{
    if (message.starts_with(file.name + ": "))
        message.erase(0, file.name.size() + 2);
    return message;
}

ImportIssue noSpansIssue(const InputFile& file, std::string message)
{
    ImportIssue issue = fileIssue(IssueKind::MissingField, file, std::move(message));
    issue.severity = Severity::Warning;
    return issue;
}

/// A saved mapping that cannot be used is worth a word, and refuses nothing.
ImportIssue mappingIssue(const std::string& problem)
{
    ImportIssue issue;
    issue.severity = Severity::Warning;
    issue.kind = IssueKind::UnreadableFile;
    issue.message = "a saved mapping is not used: " + problem;
    return issue;
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
        return "this is JSON, but no trace that is known here, and no mapping is for it";
    case ProbeKind::EventStream:
        return "these are server-sent events, but of no provider that is known here";
    case ProbeKind::Text:
        break;
    }
    if (!headerColumns(probe.head()).empty())
        return "this is a table in text, and no mapping is for it";
    return "this is text, but no trace that is known here";
}

std::string counted(std::uint64_t bytes)
{
    return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
}

/// An import in progress: what its inputs have to know of each other.
class Import
{
public:
    Import(SpanWriter& writer, const ContentMarks& marks, const ImportMappings& mappings, const Control& control)
        : m_writer(writer)
        , m_mappings(mappings)
        , m_control(control)
        , m_sink(writer, control)
        , m_known(marks)
    {
    }

    CountingSink& sink() { return m_sink; }
    const DigestKey& digestKey() const { return m_known.key(); }
    Result<ImportedFile> read(const InputFile& file, OpenedInput opened, bool asked);
    /// Everything is read.
    Result<void> finish();

private:
    Result<ImportedFile> readAs(const InputReading& reading, const InputFile& file, Source& source,
                                const Recognised& found, bool lines);
    void tell(const InputFile& file, const Recognised& found, std::string what);
    void joinFiles(std::size_t source, std::size_t file);
    void joinEarlierPart(std::size_t source);

    SpanWriter& m_writer;
    const ImportMappings& m_mappings;
    const Control& m_control;
    CountingSink m_sink;
    KnownContent m_known;
    AssemblyHints m_hints;
};

/// A ledger row that names the input whose content it is, and goes on with `what`.
void Import::tell(const InputFile& file, const Recognised& found, std::string what)
{
    ImportIssue issue = fileIssue(IssueKind::DuplicateSpan, file, std::move(what));
    issue.severity = Severity::Info;
    const std::string& other = m_writer.sources()[found.source].name;
    issue.message =
        (other == file.name ? "it was read before under the same name: " : "as " + other + ": ") + issue.message;
    m_sink.report(std::move(issue));
}

void Import::joinFiles(std::size_t source, std::size_t file)
{
    for (std::size_t i = m_hints.fileOf.size(); i <= source; ++i)
        m_hints.fileOf.push_back(i);
    m_hints.fileOf[source] = m_hints.fileOf[file];
}

/// A source that begins behind the start of its file goes on with the last one of that name.
void Import::joinEarlierPart(std::size_t source)
{
    const std::vector<SourceFile>& sources = m_writer.sources();
    for (std::size_t i = source; i-- > 0;) {
        if (sources[i].name == sources[source].name) {
            joinFiles(source, i);
            return;
        }
    }
}

/// Reads one input as far as it can be read. `asked`: the user named this very file, not a folder around it. Only
/// Cancelled and failures of the store stop the import.
Result<ImportedFile> Import::read(const InputFile& file, OpenedInput opened, bool asked)
{
    const auto& source = opened.source;
    if (!source) {
        if (source.error().code == ErrorCode::Cancelled)
            return source.error();
        m_writer.beginSource({file.name, {}, file.bytesOnDisk, 0});
        m_sink.report(fileIssue(IssueKind::UnreadableFile, file, withoutName(source.error().message, file)));
        m_control.advance(file.bytesOnDisk);
        m_writer.endSource(0);
        return ImportedFile{file.name, {}, 0, false};
    }
    const Probe& probe = *opened.probe;
    const InputReading& reading = opened.reading;
    m_writer.beginSource({file.name, reading.name(), file.bytesOnDisk, 0});
    if (!reading) {
        ImportIssue issue = fileIssue(IssueKind::UnknownFormat, file, whyUnknown(probe, (*source)->position()));
        if (asked)
            issue.message += "; expected one of the formats that `arcscope formats` lists";
        else // a folder may hold other things too
            issue.severity = probe.kind() == ProbeKind::Json ? Severity::Warning : Severity::Info;
        m_sink.report(std::move(issue));
        m_control.advance(file.bytesOnDisk);
        m_writer.endSource(0);
        return ImportedFile{file.name, {}, 0, false};
    }
    const Recognised found =
        file.firstByte == 0 ? m_known.find(file, probe.head(), probe.complete(), m_control) : Recognised();
    if (m_control.stopped())
        return Error{ErrorCode::Cancelled, "cancelled"};
    if (found.as == Recognised::As::Same || found.as == Recognised::As::Part) {
        tell(file, found,
             found.as == Recognised::As::Same ? "the same " + counted(found.bytes) + "; not read again"
                                              : "the first " + counted(found.bytes) + " of its " +
                                                    std::to_string(found.mark.bytes) + "; not read again");
        m_control.advance(file.bytesOnDisk);
        m_writer.endSource(0);
        return ImportedFile{file.name, reading.name(), 0, true};
    }
    return readAs(reading, file, **source, found, probe.isLines());
}

Result<ImportedFile> Import::readAs(const InputReading& reading, const InputFile& file, Source& source,
                                    const Recognised& found, bool lines)
{
    const std::size_t index = m_writer.sources().size() - 1;
    if (file.firstByte > 0)
        joinEarlierPart(index);
    if (found.as == Recognised::As::Grown) {
        joinFiles(index, found.source);
        const std::string begins = "its first " + counted(found.mark.bytes) + " are those";
        if (lines && reading.linesStandAlone()) {
            tell(file, found,
                 begins + "; only the " + counted(found.bytes - found.mark.wholeLines) + " behind were read");
            if (auto skipped = source.skip(found.mark.wholeLines, m_control); !skipped)
                return skipped.error();
        } else {
            tell(file, found, begins + "; it was read as a whole and stands for both");
            m_hints.replaced.resize(std::max(m_hints.replaced.size(), found.source + 1), false);
            m_hints.replaced[found.source] = true;
        }
    }
    m_sink.beginFile(reading.formatName());
    const std::uint64_t refusedBefore = m_sink.refused();
    ReadJob job{source, m_sink, m_control, file.name};
    const Result<void> read = reading.read(job, m_mappings.mostRecords);
    const std::uint64_t spans = m_sink.spans();
    if (!read) {
        if (read.error().code == ErrorCode::Cancelled)
            return read.error();
        m_sink.report(fileIssue(IssueKind::UnreadableFile, file, read.error().message));
    } else if (spans == 0 && !job.isPart && m_sink.refused() == refusedBefore && found.as == Recognised::As::New)
        m_sink.report(noSpansIssue(file, "this is " + reading.title() + ", but no spans are in it"));
    m_writer.endSource(spans);
    if (const auto mark = source.mark(); mark && read && file.firstByte == 0)
        m_known.add(index, *mark, file);
    return ImportedFile{file.name, reading.name(), spans, found.as == Recognised::As::Grown};
}

Result<void> Import::finish()
{
    if (auto flushed = m_writer.flush(); !flushed)
        return flushed;
    if (auto put = m_writer.putContentMarks(m_known.key(), m_known.added()); !put)
        return put;
    for (std::size_t i = m_hints.fileOf.size(); !m_hints.fileOf.empty() && i < m_writer.sources().size(); ++i)
        m_hints.fileOf.push_back(i);
    if (auto assembled = assembleInto(m_writer, m_control, m_hints); !assembled)
        return assembled;
    return m_writer.commit();
}

} // namespace

ImportOptions ImportOptions::standard()
{
    ImportOptions options;
    options.mappingFolder = userMappingFolder();
    return options;
}

Result<ImportReport> importInputs(const std::string& workspace, InputList inputs, const Control& control,
                                  const ChunkObserver& observer, const ImportOptions& options)
{
    const auto mappings = mappingsOf(options);
    if (!mappings)
        return mappings.error();
    if (control.progress) {
        std::uint64_t total = 0;
        for (const InputFile& file : inputs.files)
            total += file.bytesOnDisk;
        control.progress->bytesTotal = total;
    }
    auto begun = SpanWriter::begin(workspace, control);
    if (!begun)
        return begun.error();
    SpanWriter& writer = **begun;
    writer.onChunk = observer;
    const auto marks = writer.contentMarks();
    if (!marks)
        return marks.error();
    Import import(writer, *marks, *mappings, control);
    for (const std::string& problem : mappings->problems)
        import.sink().report(mappingIssue(problem));
    for (ImportIssue& issue : inputs.issues)
        import.sink().report(std::move(issue));

    ImportReport report;
    InputsAhead ahead(inputs.files, import.digestKey(), *mappings, control);
    for (const InputFile& file : inputs.files) {
        const bool asked = std::find(inputs.asked.begin(), inputs.asked.end(), file.path) != inputs.asked.end();
        auto imported = import.read(file, ahead.next(), asked);
        if (!imported)
            return imported.error();
        report.spans += imported->spans;
        report.known += imported->known;
        report.files.push_back(std::move(*imported));
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
    }
    if (auto finished = import.finish(); !finished)
        return finished.error();
    report.refused = import.sink().refused();
    return report;
}

Result<ImportReport> importInto(const std::string& workspace, const std::vector<std::string>& paths,
                                const Control& control, const ChunkObserver& observer, const ImportOptions& options)
{
    InputList inputs;
    auto files = expandInputs(paths, inputs.issues, control);
    if (!files)
        return files.error();
    inputs.files = std::move(*files);
    inputs.asked = paths;
    return importInputs(workspace, std::move(inputs), control, observer, options);
}

} // namespace arcscope
