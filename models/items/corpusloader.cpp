#include "corpusloader.h"

#include "mappingdraft.h"
#include "session.h"
#include "spancontent.h"
#include "timelinedata.h"

#include <algorithm>
#include <filesystem>
#include <functional>

namespace arcscope
{

/// What the writing thread has published, copied out by the poll.
struct CorpusLoader::Growing {
    std::mutex mutex;
    Corpus corpus;
};

struct CorpusLoader::Loaded {
    Result<OpenCorpus> result;
    std::string mappable;
};

namespace
{

constexpr int firstPollMs = 5; ///< until there is something to show
constexpr int pollMs = 100;

using ShowEarly = std::function<void(const Corpus&)>;

/// So many spans are on screen before others are read.
constexpr std::size_t firstChunks = 2;

/// A workspace in steps, each shown while the next is loaded: the first spans, all spans, what panels tell of them.
Result<Session> openWorkspace(const std::string& path, const Control& control, const ShowEarly& showEarly)
{
    auto workspace = Workspace::open(path);
    if (!workspace)
        return workspace.error();
    const auto first = workspace->loadSpans(timelineColumns(), firstChunks, control);
    if (!first)
        return first.error();
    showEarly(*first);
    auto spans = workspace->loadCorpus(timelineColumns(), control);
    if (!spans)
        return spans.error();
    showEarly(*spans);
    auto corpus = workspace->loadCorpus(CorpusLoader::viewColumns(), control, std::move(*spans));
    if (!corpus)
        return corpus.error();
    return Session{std::move(*workspace), std::move(*corpus), std::nullopt};
}

/// Takes out of `paths` what is not there, so that one path does not refuse the others.
std::vector<PathProblem> takeMissing(std::vector<std::string>& paths)
{
    std::vector<PathProblem> missing;
    std::erase_if(paths, [&](const std::string& path) {
        std::error_code error;
        const auto status = std::filesystem::symlink_status(path, error);
        if (path == "-" || std::filesystem::exists(status))
            return false;
        const bool gone = status.type() == std::filesystem::file_type::not_found;
        missing.push_back({path, gone ? "there is no such file or folder" : error.message(), false});
        return true;
    });
    return missing;
}

std::string textOf(const std::vector<PathProblem>& problems)
{
    std::string text;
    for (const PathProblem& problem : problems)
        text += (text.empty() ? "" : "\n") + problem.path + ": " + problem.reason;
    return text;
}

/// Files that nobody could read at all; what is wrong inside of a file is for the ledger.
void addUnreadFiles(std::vector<PathProblem>& problems, const std::vector<ImportIssue>& issues)
{
    for (const ImportIssue& issue : issues) {
        const bool whole = issue.kind == IssueKind::UnreadableFile || issue.kind == IssueKind::UnknownFormat;
        if (whole && issue.severity == Severity::Error)
            problems.push_back(
                {issue.file, issue.message, true, issue.kind == IssueKind::UnknownFormat && isMappable(issue.file)});
    }
}

Result<OpenCorpus> load(std::vector<std::string> paths, const Control& control, const ChunkObserver& observer,
                        const ShowEarly& showEarly, std::string& mappable)
{
    std::vector<PathProblem> problems = takeMissing(paths);
    if (paths.empty())
        return Error{ErrorCode::NotFound, textOf(problems)};
    const bool existing = paths.size() == 1 && isWorkspace(paths.front());
    auto opened = existing ? openWorkspace(paths.front(), control, showEarly)
                           : openSession(paths, CorpusLoader::viewColumns(), control, observer);
    if (!opened)
        return opened.error();
    auto described = openCorpusOf(std::make_shared<Session>(std::move(*opened)));
    if (!described)
        return described.error();
    OpenCorpus result = std::move(*described);
    addUnreadFiles(problems, result.issues);
    for (const PathProblem& problem : problems) {
        if (problem.mappable && mappable.empty())
            mappable = problem.path;
    }
    if (result.corpus->spans.rows() == 0 && !problems.empty())
        return Error{ErrorCode::Unsupported, textOf(problems)}; // an empty window would say less
    result.problems = std::move(problems);
    return result;
}

} // namespace

Result<OpenCorpus> openCorpusOf(std::shared_ptr<Session> session)
{
    OpenCorpus result;
    result.session = std::move(session);
    result.corpus = std::make_shared<const Corpus>(result.session->corpus);
    auto issues = result.session->workspace.issues(0, shownIssueRows);
    if (!issues)
        return issues.error();
    result.issues = std::move(*issues);
    const auto rows = result.session->workspace.issueRows();
    if (!rows)
        return rows.error();
    result.issueRows = *rows;
    for (const ImportIssue& issue : result.issues)
        result.refused += issue.severity == Severity::Error ? issue.count : 0;
    return result;
}

const std::vector<SpanColumn>& CorpusLoader::viewColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all(timelineColumns().begin(), timelineColumns().end());
        all.insert(all.end(), detailColumns().begin(), detailColumns().end());
        all.insert(all.end(), {SpanColumn::Trace, SpanColumn::SpanForm, SpanColumn::SpanHigh, SpanColumn::SpanLow,
                               SpanColumn::ParentRow, SpanColumn::Depth, SpanColumn::Start, SpanColumn::Duration,
                               SpanColumn::FirstToken, SpanColumn::Kind, SpanColumn::Status, SpanColumn::Flags,
                               SpanColumn::Provenance, SpanColumn::Cost, SpanColumn::UsageDialect});
        for (int i = 0; i < spanTextCount; ++i)
            all.push_back(columnOf(static_cast<SpanText>(i)));
        for (int i = 0; i < usageClassCount; ++i)
            all.push_back(static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i));
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }();
    return columns;
}

CorpusLoader::CorpusLoader(QObject* parent)
    : QObject(parent)
{
    connect(&m_timer, &QTimer::timeout, this, &CorpusLoader::poll);
}

void CorpusLoader::open(const QStringList& paths)
{
    std::vector<std::string> files;
    for (const QString& path : paths)
        files.push_back(path.toStdString());
    m_progress = std::make_shared<Progress>();
    m_growing = std::make_shared<Growing>();
    m_shownRows = 0;
    m_timer.start(firstPollMs);
    const ChunkObserver observer = [growing = m_growing](const SpanTable::Chunk& chunk,
                                                         std::shared_ptr<const StringSegment> segment) {
        const std::lock_guard lock(growing->mutex);
        growing->corpus.strings.append(std::move(segment));
        growing->corpus.spans.append(chunk);
    };
    const ShowEarly showEarly = [growing = m_growing](const Corpus& corpus) {
        const std::lock_guard lock(growing->mutex);
        growing->corpus.spans = corpus.spans;
        growing->corpus.strings = corpus.strings;
        growing->corpus.order = corpus.order;
    };
    m_task.start(
        [files = std::move(files), progress = m_progress, observer, showEarly](const std::stop_token& stop) {
            std::string mappable;
            auto result = load(files, {stop, progress.get()}, observer, showEarly, mappable);
            return std::make_shared<Loaded>(Loaded{std::move(result), std::move(mappable)});
        },
        [this](const std::shared_ptr<Loaded>& loaded) {
            m_timer.stop();
            m_growing.reset();
            Result<OpenCorpus>* const result = &loaded->result;
            m_mappable = QString::fromStdString(loaded->mappable);
            if (*result)
                emit finished(std::make_shared<OpenCorpus>(std::move(**result)));
            else if (result->error().code == ErrorCode::Cancelled)
                emit cancelled();
            else
                emit failed(QString::fromStdString(result->error().message));
        });
    emit started(paths); // now loading() says so
}

void CorpusLoader::cancel()
{
    if (!m_task.running())
        return;
    m_task.cancel();
    m_timer.stop();
    m_growing.reset();
    emit cancelled();
}

void CorpusLoader::poll()
{
    emit progressed();
    if (!m_growing)
        return;
    // Each look costs as much as there is to see: only when a quarter more has come.
    std::shared_ptr<Corpus> snapshot;
    {
        const std::lock_guard lock(m_growing->mutex);
        const std::uint32_t rows = m_growing->corpus.spans.rows();
        if (rows == 0 || rows < m_shownRows + m_shownRows / 4 || rows == m_shownRows)
            return;
        snapshot = std::make_shared<Corpus>(m_growing->corpus);
        m_shownRows = rows;
    }
    m_timer.setInterval(pollMs);
    emit partial(std::move(snapshot));
}

} // namespace arcscope
