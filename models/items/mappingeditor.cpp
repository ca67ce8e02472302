#include "mappingeditor.h"

#include "displaytext.h"
#include "mappingdraft.h"
#include "mappingshelf.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

constexpr std::uint64_t triedRecords = 200;
constexpr int typingPauseMs = 250;

constexpr SpanKind kinds[] = {SpanKind::ModelCall, SpanKind::ToolCall,  SpanKind::Agent,
                              SpanKind::Workflow,  SpanKind::Retrieval, SpanKind::Embedding,
                              SpanKind::Guardrail, SpanKind::Evaluator, SpanKind::Other};

QString meaningTitle(std::string_view word)
{
    static const std::map<std::string_view, const char*> titles{
        {"", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "not used")},
        {"name", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Name")},
        {"start", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Start time")},
        {"end", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "End time")},
        {"duration", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Length")},
        {"first_token", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Time to first token")},
        {"model", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Model")},
        {"input", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Input messages")},
        {"output", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Output messages")},
        {"input_tokens", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Input tokens")},
        {"output_tokens", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Output tokens")},
        {"total_tokens", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Tokens in all")},
        {"cache_read_tokens", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Tokens read from a cache")},
        {"cost", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Cost in USD")},
        {"session", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Session")},
        {"task", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Task")},
        {"user", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "User")},
        {"agent", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Agent")},
        {"tool", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Tool")},
        {"arguments", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Arguments of the tool")},
        {"result", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Result of the tool")},
        {"stop_reason", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Stop reason")},
        {"error_type", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Error")},
        {"trace", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Trace id")},
        {"id", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Span id")},
        {"parent", QT_TRANSLATE_NOOP("arcscope::MappingEditor", "Parent span id")}};
    const auto found = titles.find(word);
    return found == titles.end() ? QString::fromUtf8(word.data(), static_cast<int>(word.size()))
                                 : MappingEditor::tr(found->second);
}

std::string wordOf(const MappingFieldRow& row)
{
    return std::string(draftMeanings()[static_cast<std::size_t>(row.meaning)].word);
}

} // namespace

MappingEditor::MappingEditor(const QString& path, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_name(QString::fromStdString(draftName(path.toStdString())))
    , m_fields(this)
    , m_spans(this)
{
    QStringList meanings;
    std::vector<bool> withUnit;
    for (const DraftMeaning& meaning : draftMeanings()) {
        meanings << meaningTitle(meaning.word);
        withUnit.push_back(meaning.point || meaning.length);
    }
    m_fields.setMeanings(meanings, withUnit);
    m_fields.setUnits({tr("date and time"), tr("seconds"), tr("milliseconds"), tr("microseconds"), tr("nanoseconds")});
    m_kind = static_cast<int>(std::size(kinds)) - 1;
    m_delay.setSingleShot(true);
    m_delay.setInterval(typingPauseMs);
    connect(&m_delay, &QTimer::timeout, this, &MappingEditor::tryNow);
    connect(&m_fields, &MappingFieldModel::dataChanged, this, [this] {
        setKindByFields();
        tryLater();
    });
    look();
}

MappingEditor::~MappingEditor() = default;

QStringList MappingEditor::recordChoices() const
{
    QStringList choices;
    if (m_preview) {
        for (const std::string& path : m_preview->recordPaths)
            choices << QString::fromStdString(path);
    }
    return choices;
}

void MappingEditor::setRecordChoice(int choice)
{
    if (choice == m_records || !m_preview || choice < 0 || choice >= static_cast<int>(m_preview->recordPaths.size()))
        return;
    m_records = choice;
    look();
}

QStringList MappingEditor::kindChoices() const
{
    QStringList choices;
    for (const SpanKind kind : kinds)
        choices << kindText(kind);
    return choices;
}

void MappingEditor::setKindChoice(int choice)
{
    if (choice == m_kind || choice < 0 || choice >= static_cast<int>(std::size(kinds)))
        return;
    m_kind = choice;
    m_kindChosen = true;
    tryLater();
}

/// Until the user says it: what has a model or tokens is a call of a model, what has a tool one of a tool.
void MappingEditor::setKindByFields()
{
    if (m_kindChosen)
        return;
    SpanKind kind = SpanKind::Other;
    for (const MappingFieldRow& row : m_fields.rows()) {
        const std::string word = wordOf(row);
        if (word == "model" || word.ends_with("_tokens"))
            kind = SpanKind::ModelCall;
        else if (kind == SpanKind::Other && (word == "tool" || word == "arguments"))
            kind = SpanKind::ToolCall;
    }
    m_kind = static_cast<int>(std::find(std::begin(kinds), std::end(kinds), kind) - std::begin(kinds));
}

void MappingEditor::setName(const QString& name)
{
    if (name == m_name)
        return;
    m_name = name;
    tryLater();
}

void MappingEditor::look()
{
    const std::string records = m_preview ? m_preview->recordPaths[static_cast<std::size_t>(m_records)] : std::string();
    m_try.cancel();
    m_delay.stop();
    m_look.start(
        [path = m_path.toStdString(), records](const std::stop_token& stop) {
            return std::make_shared<Result<FilePreview>>(previewFile(path, records, {stop, nullptr}));
        },
        [this](const std::shared_ptr<Result<FilePreview>>& preview) { took(preview); });
    emit changed();
}

void MappingEditor::took(const std::shared_ptr<Result<FilePreview>>& preview)
{
    if (!*preview) {
        m_problem = safeText(preview->error().message);
        m_fields.setRows({});
        m_spans.setRows({});
        m_summary.clear();
        m_notes.clear();
        emit changed();
        return;
    }
    m_preview = std::make_unique<FilePreview>(std::move(**preview));
    const std::vector<DraftChoice> guesses = guessChoices(*m_preview);
    std::vector<MappingFieldRow> rows;
    for (std::size_t i = 0; i < m_preview->fields.size(); ++i) {
        const DraftField& field = m_preview->fields[i];
        MappingFieldRow row;
        row.path = QString::fromStdString(field.path);
        for (std::size_t k = 0; k < field.samples.size() && k < MappingFieldModel::shownSamples; ++k)
            row.samples << QString::fromStdString(field.samples[k]);
        row.meaning = static_cast<int>(guesses[i].meaning);
        row.unit = static_cast<int>(guesses[i].unit);
        rows.push_back(std::move(row));
    }
    m_fields.setRows(std::move(rows));
    setKindByFields();
    tryNow();
}

QString MappingEditor::text() const
{
    if (!m_preview)
        return {};
    MappingDraft draft;
    draft.name = m_name.toStdString();
    draft.kind = kinds[m_kind];
    draft.preview = *m_preview;
    for (const MappingFieldRow& row : m_fields.rows())
        draft.choices.push_back({static_cast<std::size_t>(row.meaning), static_cast<std::size_t>(row.unit)});
    return QString::fromStdString(mappingText(draft));
}

void MappingEditor::tryLater()
{
    m_delay.start();
    emit changed();
}

void MappingEditor::tryNow()
{
    m_delay.stop();
    if (!m_preview)
        return;
    m_try.start(
        [path = m_path.toStdString(), text = text().toStdString()](const std::stop_token& stop) {
            return std::make_shared<Result<MappingTrial>>(tryMapping(path, text, triedRecords, {stop, nullptr}));
        },
        [this](const std::shared_ptr<Result<MappingTrial>>& trial) { tried(trial); });
    emit changed();
}

void MappingEditor::tried(const std::shared_ptr<Result<MappingTrial>>& trial)
{
    std::vector<QStringList> rows;
    m_summary.clear();
    m_notes.clear();
    m_problem.clear();
    if (!*trial) {
        m_problem = safeText(trial->error().message);
    } else {
        const MappingTrial& result = **trial;
        for (const TriedSpan& span : result.first) {
            const bool hasTokens = span.input != noTokens || span.output != noTokens;
            const auto tokens = [](std::int64_t count) {
                return count == noTokens ? notRecordedText() : countText(count);
            };
            rows.push_back(
                {oneLine(span.name), kindText(span.kind), timeText(span.start),
                 span.length < 0 ? notRecordedText() : QString::fromStdString(durationText(span.length)),
                 span.model.empty() ? notRecordedText() : oneLine(span.model),
                 hasTokens ? tokens(span.input) + QStringLiteral(", ") + tokens(span.output) : notRecordedText()});
        }
        m_summary = tr("%1 in %2 from the first records (%3 at most).")
                        .arg(counted(static_cast<std::int64_t>(result.spans), tr("%1 span"), tr("%1 spans")),
                             counted(static_cast<std::int64_t>(result.traces), tr("%1 trace"), tr("%1 traces")),
                             countText(static_cast<std::int64_t>(triedRecords)));
        for (const ImportIssue& issue : result.issues) {
            const QString times =
                issue.count > 1 ? tr(" (%1 times)").arg(countText(static_cast<std::int64_t>(issue.count))) : QString();
            m_notes << oneLine(issue.message) + times;
        }
    }
    m_spans.setRows(std::move(rows));
    emit changed();
}

bool MappingEditor::replacesAnother() const
{
    return isMappingSaved(userMappingFolder(), m_name.toStdString());
}

bool MappingEditor::save()
{
    const auto saved = saveMapping(userMappingFolder(), text().toStdString());
    if (!saved) {
        m_problem = safeText(saved.error().message);
        emit changed();
    }
    return bool(saved);
}

} // namespace arcscope
