#include "helpwindow.h"

#include "helppages.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QScrollBar>
#include <QTextBrowser>
#include <QTextDocument>
#include <QVBoxLayout>

namespace arcscope
{
namespace
{

/// Shows what it is given and loads nothing.
class PageBrowser : public QTextBrowser
{
public:
    using QTextBrowser::QTextBrowser;
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

} // namespace

HelpWindow::HelpWindow(QWidget* parent)
    : QDialog(parent)
    , m_topics(new QListWidget(this))
    , m_text(new PageBrowser(this))
{
    setWindowTitle(tr("Help"));
    resize(fontMetrics().averageCharWidth() * 104, fontMetrics().height() * 32);
    m_topics->setAccessibleName(tr("Pages of the help"));
    m_text->setAccessibleName(tr("Text of the help"));
    m_text->setOpenLinks(false);
    m_text->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    for (const QString& topic : helpTopics()) {
        auto* item = new QListWidgetItem(helpTitle(topic), m_topics);
        item->setData(Qt::UserRole, topic);
    }
    m_topics->setFixedWidth(m_topics->sizeHintForColumn(0) + m_topics->fontMetrics().averageCharWidth() * 5);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* parts = new QHBoxLayout;
    parts->addWidget(m_topics);
    parts->addWidget(m_text, 1);
    auto* column = new QVBoxLayout(this);
    column->addLayout(parts, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_topics, &QListWidget::currentRowChanged, this, &HelpWindow::showCurrent);
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (link.scheme() == QStringLiteral("help"))
            showTopic(link.path());
    });
    m_topics->setCurrentRow(0);
}

void HelpWindow::showTopic(const QString& topic)
{
    const auto at = helpTopics().indexOf(topic);
    m_topics->setCurrentRow(static_cast<int>(std::max<qsizetype>(0, at)));
}

QString HelpWindow::topic() const
{
    const QListWidgetItem* const item = m_topics->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void HelpWindow::showCurrent()
{
    m_text->document()->setMarkdown(helpPage(topic()), QTextDocument::MarkdownNoHTML);
    m_text->verticalScrollBar()->setValue(0);
}

} // namespace arcscope
