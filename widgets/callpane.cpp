#include "callpane.h"

#include "brieflabel.h"
#include "callwords.h"
#include "displaytext.h"
#include "plaintip.h"
#include "readingstyle.h"

#include <QAction>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace arcscope
{
namespace
{

/// Characters that are shown of a text; the clipboard gets all.
constexpr std::size_t mostShown = 500'000;

QString shownText(std::string_view text)
{
    if (text.size() <= mostShown)
        return safeText(text);
    return safeText(quoted(text, mostShown)) +
           CallPane::tr("\n… %1 bytes in all: copied is all of it").arg(countText(static_cast<qint64>(text.size())));
}

QString sign(ChangeKind kind)
{
    return kind == ChangeKind::Added     ? QStringLiteral("+")
           : kind == ChangeKind::Removed ? QStringLiteral("\u2212")
                                         : QStringLiteral("~");
}

QString kindText(ChangeKind kind)
{
    return kind == ChangeKind::Added     ? CallPane::tr("+ added")
           : kind == ChangeKind::Removed ? CallPane::tr("\u2212 removed")
                                         : CallPane::tr("~ changed");
}

QString placeText(const TextDifference& difference, const TextChange& change)
{
    if (!difference.json)
        return CallPane::tr("line %1").arg(QString::fromStdString(change.place));
    return change.place.empty() ? CallPane::tr("(all)") : oneLine(change.place, 200);
}

QString countOf(const std::optional<TextDifference>& difference)
{
    if (!difference)
        return CallPane::tr("not recorded of both");
    if (difference->equal())
        return CallPane::tr("equal");
    return counted(static_cast<std::int64_t>(difference->count()), CallPane::tr("%1 difference"),
                   CallPane::tr("%1 differences"));
}

QString headOf(const CallTexts& texts, const CallComparison& comparison)
{
    const std::uint32_t other = texts.subject->nodeOfCall[comparison.with];
    const QString name = other == TreeCall::none ? QString() : callSummary(*texts.subject, other);
    switch (comparison.to) {
    case CallComparison::To::Attempt:
        return CallPane::tr("Against the attempt before: %1").arg(name);
    case CallComparison::To::Failed:
        return CallPane::tr("Against the call of this tool before, which failed: %1").arg(name);
    case CallComparison::To::Same:
        break;
    }
    return CallPane::tr("Against the same call before: %1").arg(name);
}

} // namespace

CallPane::CallPane(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_title(new BriefLabel)
    , m_tabs(new QTabWidget)
    , m_changes(new QTreeWidget)
{
    m_title->setContentsMargins(8, 3, 8, 3);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Texts of the call"));
    m_arguments = addPage(tr("&Arguments"), tr("Arguments of the call"));
    m_result = addPage(tr("Resul&t"), tr("Result of the call"));
    m_error = addPage(tr("Err&or"), tr("Error of the call"));
    m_raw = addPage(tr("Ra&w"), tr("Record of the call"));
    for (QPlainTextEdit* code : {m_arguments, m_raw})
        readAsCode(*code);
    m_changes->setHeaderLabels({tr("Change"), tr("Where"), tr("Before"), tr("After")});
    m_changes->setAccessibleName(tr("What changed against the call before"));
    m_changes->setUniformRowHeights(true);
    m_changes->setFrameShape(QFrame::NoFrame);
    m_changes->setAlternatingRowColors(true);
    auto* copy = new QAction(tr("&Copy differences"), m_changes);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(copyChanges());
        emit copied();
    });
    m_changes->addAction(copy);
    m_changes->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_changes, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        if (const QVariant node = item->data(0, Qt::UserRole); node.isValid())
            emit callChosen(node.toUInt());
    });
    m_tabs->addTab(m_changes, tr("C&hanges"));
    m_tabs->setTabToolTip(ChangesPage,
                          tr("Against the attempt before, the call of this tool that failed, or the same call before"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_tabs, 1);
    clear(tr("Select a call"));
}

QPlainTextEdit* CallPane::addPage(const QString& title, const QString& name)
{
    auto* text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setUndoRedoEnabled(false);
    text->setFrameShape(QFrame::NoFrame);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setTabChangesFocus(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    text->setAccessibleName(name);
    m_tabs->addTab(text, title);
    return text;
}

void CallPane::clear(const QString& why)
{
    m_texts.reset();
    m_title->setText(why);
    for (QPlainTextEdit* text : {m_arguments, m_result, m_error, m_raw}) {
        text->clear();
        text->setPlaceholderText({});
    }
    m_changes->clear();
    m_tabs->setTabEnabled(ChangesPage, false);
}

void CallPane::setNode(const CallTreePtr& subject, std::uint32_t node)
{
    if (subject == m_subject && node == m_node)
        return;
    m_subject = subject;
    m_node = node;
    m_texts.reset(); // what is written stays until there is other
    m_task.cancel();
    if (!subject || node == TreeCall::none || !m_state.isOpen()) {
        clear(tr("Select a call"));
        return;
    }
    writeTitle();
    m_task.start([open = m_state.openCorpus(), subject,
                  node](const std::stop_token&) { return readCallTexts(*open, subject, node); },
                 [this](const std::shared_ptr<const CallTexts>& texts) { show(texts); });
}

void CallPane::setBrief(bool brief)
{
    m_title->setBrief(brief);
}

QString CallPane::details() const
{
    return callDetails(*m_subject, m_node, m_remarkOf ? m_remarkOf(m_node) : QString());
}

void CallPane::writeTitle()
{
    if (m_subject && m_node != TreeCall::none)
        m_title->setText(
            inDirection(layoutDirection(), details().replace(QLatin1Char('\n'), QStringLiteral("  \u00b7  "))));
}

void CallPane::show(const std::shared_ptr<const CallTexts>& texts)
{
    m_texts = texts;
    const TreeCall* const call = texts->subject->callOf(texts->node);
    const auto fill = [&](QPlainTextEdit& into, const std::optional<std::string>& text, const QString& none) {
        into.setPlainText(text ? shownText(indented(*text)) : QString());
        into.setPlaceholderText(!texts->problem.empty() ? oneLine(texts->problem, 400) : text ? tr("(empty)") : none);
    };
    const QString notOfOwner = tr("This row asks for calls: select one of them.");
    fill(*m_arguments, texts->arguments, call ? tr("No arguments are recorded.") : notOfOwner);
    fill(*m_result, texts->result, call ? tr("No result is recorded.") : notOfOwner);
    fill(*m_error, texts->error.empty() ? std::nullopt : std::optional(texts->error), tr("No error is recorded."));
    fill(*m_raw, texts->record.empty() ? std::nullopt : std::optional(texts->record),
         tr("The source has no record of its own for it."));
    m_tabs->setTabText(RawPage, texts->recordOfAsker && call ? tr("Ra&w of the asker") : tr("Ra&w"));
    m_tabs->setTabText(ErrorPage, texts->error.empty() ? tr("Err&or") : tr("Err&or !"));
    showChanges();
    emit shown();
}

void CallPane::showChanges()
{
    m_changes->clear();
    m_tabs->setTabEnabled(ChangesPage, !m_texts->comparisons.empty());
    for (const CallComparison& comparison : m_texts->comparisons) {
        auto* head = new QTreeWidgetItem(m_changes, {headOf(*m_texts, comparison)});
        head->setFirstColumnSpanned(true);
        if (const std::uint32_t with = m_texts->subject->nodeOfCall[comparison.with]; with != TreeCall::none) {
            head->setData(0, Qt::UserRole, with);
            head->setToolTip(0, tr("Enter, or a double click, goes to it"));
        }
        const std::pair<QString, const std::optional<TextDifference>*> parts[] = {
            {tr("Arguments: %1"), &comparison.arguments}, {tr("Result: %1"), &comparison.result}};
        for (const auto& [title, difference] : parts) {
            auto* part = new QTreeWidgetItem(head, {title.arg(countOf(*difference))});
            part->setFirstColumnSpanned(true);
            if (!*difference)
                continue;
            for (const TextChange& change : (*difference)->changes) {
                auto* item = new QTreeWidgetItem(part, {kindText(change.kind), placeText(**difference, change),
                                                        oneLine(change.before, 200), oneLine(change.after, 200)});
                for (const int side : {2, 3})
                    item->setToolTip(side, plainTip(safeText(side == 2 ? change.before : change.after)));
            }
            if ((*difference)->more > 0)
                new QTreeWidgetItem(part, {tr("and %1 more").arg(countText(static_cast<qint64>((*difference)->more)))});
        }
    }
    m_changes->expandAll();
    const int em = m_changes->fontMetrics().averageCharWidth();
    m_changes->header()->resizeSection(0, 18 * em);
    m_changes->header()->resizeSection(1, 26 * em);
    m_changes->header()->resizeSection(2, 30 * em);
}

QString CallPane::copyText() const
{
    if (!m_subject || m_node == TreeCall::none)
        return {};
    QStringList parts{details()};
    if (m_texts) {
        const auto add = [&](const QString& title, const std::optional<std::string>& text) {
            if (text && !text->empty())
                parts << title + QLatin1Char('\n') + QString::fromStdString(*text);
        };
        add(tr("Arguments:"), m_texts->arguments);
        add(tr("Result:"), m_texts->result);
        add(tr("Error:"), m_texts->error);
    }
    return parts.join(QStringLiteral("\n\n"));
}

QString CallPane::copyJson() const
{
    if (!m_subject || m_node == TreeCall::none)
        return {};
    QJsonObject json = callJson(*m_subject, m_node);
    if (m_texts) {
        const auto add = [&](const char* key, const std::optional<std::string>& text) {
            if (text)
                json.insert(QLatin1String(key), QString::fromStdString(*text));
        };
        add("arguments", m_texts->arguments);
        add("result", m_texts->result);
        if (!m_texts->error.empty())
            add("error", m_texts->error);
    }
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Indented));
}

QString CallPane::copyChanges() const
{
    QStringList lines;
    for (const CallComparison& comparison : m_texts ? m_texts->comparisons : std::vector<CallComparison>()) {
        lines << headOf(*m_texts, comparison);
        for (const auto* difference : {&comparison.arguments, &comparison.result}) {
            lines << (difference == &comparison.arguments ? tr("Arguments: %1") : tr("Result: %1"))
                         .arg(countOf(*difference));
            if (!*difference)
                continue;
            for (const TextChange& change : (*difference)->changes)
                lines << QStringLiteral("%1 %2\t%3\t%4")
                             .arg(sign(change.kind), placeText(**difference, change), oneLine(change.before),
                                  oneLine(change.after));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace arcscope
