#include "welcomepage.h"

#include "displaytext.h"
#include "symbolicon.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int columnWidth = 640;

QLabel* makeLabel(QWidget* parent, const QString& text, double scale, bool bold)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setBold(bold);
    label->setFont(font);
    return label;
}

} // namespace

WelcomePage::WelcomePage(const Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_recent(settings)
    , m_list(new QVBoxLayout)
    , m_private(new QCheckBox(tr("&Keep no history"), this))
{
    auto* content = new QWidget(this);
    content->setMaximumWidth(columnWidth);
    auto* openFiles = new QPushButton(tr("&Open files…"), content);
    openFiles->setDefault(true);
    setFocusProxy(openFiles);
    auto* openFolder = new QPushButton(tr("Open &folder…"), content);
    auto* openSample = new QPushButton(tr("&Sample incident"), content);
    for (QPushButton* button : {openFiles, openFolder, openSample}) {
        const int side = std::max(18, fontMetrics().height());
        button->setIconSize({side, side});
        button->setMinimumHeight(button->fontMetrics().height() + 18);
    }
    openFiles->setIcon(symbolIcon(QStringLiteral("document-open")));
    openFolder->setIcon(symbolIcon(QStringLiteral("folder-open")));
    openSample->setIcon(symbolIcon(QStringLiteral("timeline")));
    openFiles->setToolTip(tr("Open traces or a workspace"));
    openFolder->setToolTip(tr("Open all traces of a folder as one corpus"));
    openSample->setToolTip(tr("Open the bundled session of a coding agent"));
    auto* choices = new QGridLayout;
    choices->setHorizontalSpacing(18);
    choices->setVerticalSpacing(8);
    choices->setColumnStretch(1, 1);
    const std::pair<QPushButton*, QString> rows[] = {
        {openFiles, tr("One trace or many, also packed, or a workspace")},
        {openFolder, tr("Everything below it as one corpus, such as all sessions of an agent")},
        {openSample, tr("A coding agent says “tests pass”. They had not: find where it went wrong.")}};
    for (const auto& [button, text] : rows) {
        const int row = choices->rowCount();
        choices->addWidget(button, row, 0);
        choices->addWidget(makeLabel(content, text, 1.0, false), row, 1);
    }

    auto* column = new QVBoxLayout(content);
    column->addStretch(1);
    column->addWidget(makeLabel(content, tr("Arcscope"), 2.2, true));
    column->addWidget(makeLabel(
        content, tr("Inspect the traces of LLM features and agents. Everything stays on this machine."), 1.05, false));
    column->addSpacing(16);
    column->addLayout(choices);
    column->addSpacing(4);
    column->addWidget(makeLabel(content, tr("…or drop files and folders anywhere on this window."), 1.0, false));
    column->addSpacing(16);
    column->addWidget(makeLabel(content, tr("Opened before"), 1.1, true));
    column->addLayout(m_list);
    column->addSpacing(8);
    column->addWidget(m_private);
    column->addSpacing(16);
    column->addWidget(makeLabel(content, tr("What it reads"), 1.1, true));
    column->addWidget(makeLabel(content,
                                tr("Traces of OpenTelemetry, OpenInference, Jaeger, Zipkin and Chrome; exports of "
                                   "Langfuse, LangSmith, MLflow, Weave, Braintrust, Helicone and Logfire; sessions of "
                                   "Claude Code, Codex, Gemini CLI, pi and SWE-agent; logs of Inspect AI; recorded "
                                   "streams and HTTP of model providers; any other JSON or CSV by a mapping. What a "
                                   "file did not tell, or what could not be read, is listed in a ledger."),
                                1.0, false));
    column->addStretch(2);

    auto* middle = new QWidget(this);
    auto* row = new QHBoxLayout(middle);
    row->addStretch();
    row->addWidget(content, 1);
    row->addStretch();
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(middle);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(area);

    connect(openFiles, &QPushButton::clicked, this, &WelcomePage::openFilesRequested);
    connect(openFolder, &QPushButton::clicked, this, &WelcomePage::openFolderRequested);
    connect(openSample, &QPushButton::clicked, this, &WelcomePage::openSampleRequested);
    m_private->setChecked(m_recent.isPrivate());
    m_private->setToolTip(tr("Forget what was opened, and do not remember what will be"));
    connect(m_private, &QCheckBox::toggled, this, [this](bool on) {
        m_recent.setPrivate(on);
        showRecent();
    });
    showRecent();
}

void WelcomePage::showRecent()
{
    while (QLayoutItem* item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QList<QStringList> entries = m_recent.entries();
    if (entries.isEmpty()) {
        m_list->addWidget(
            makeLabel(this, m_recent.isPrivate() ? tr("No history is kept.") : tr("Nothing yet."), 1.0, false));
        return;
    }
    for (const QStringList& paths : entries) {
        const bool there =
            std::all_of(paths.begin(), paths.end(), [](const QString& path) { return QFileInfo::exists(path); });
        auto* line = new QWidget(this);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        auto* open = new QPushButton(line);
        const QString first = QFileInfo(paths.constFirst()).fileName();
        QString label = oneLine(first.toStdString(), 60);
        if (paths.size() > 1)
            label += tr(" and %1 more").arg(paths.size() - 1);
        label += QStringLiteral("   ") + oneLine(QFileInfo(paths.constFirst()).absolutePath().toStdString(), 80);
        open->setText(label.replace(QLatin1Char('&'), QStringLiteral("&&")) + (there ? QString() : tr("   (missing)")));
        open->setFlat(true);
        open->setEnabled(there);
        open->setStyleSheet(QStringLiteral("text-align: left; padding: 4px;"));
        open->setToolTip(oneLine(paths.join(QLatin1Char('\n')).toStdString(), 1'000));
        auto* forget = new QToolButton(line);
        forget->setText(QStringLiteral("✕"));
        forget->setAutoRaise(true);
        forget->setToolTip(tr("Remove from this list"));
        forget->setAccessibleName(tr("Remove %1 from this list").arg(first));
        row->addWidget(open, 1);
        row->addWidget(forget);
        m_list->addWidget(line);
        connect(open, &QPushButton::clicked, this, [this, paths] { emit openRequested(paths); });
        connect(forget, &QToolButton::clicked, this, [this, paths] {
            m_recent.remove(paths);
            QMetaObject::invokeMethod(this, &WelcomePage::showRecent, Qt::QueuedConnection);
        });
    }
}

} // namespace arcscope
