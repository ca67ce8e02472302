#include "loadbar.h"

#include "displaytext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace arcscope
{

LoadBar::LoadBar(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_text(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_action(new QPushButton(this))
    , m_dismiss(new QPushButton(tr("Dismiss"), this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_bar->setMaximumWidth(260);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Import progress"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->addWidget(m_text, 1);
    row->addWidget(m_bar);
    row->addWidget(m_action);
    row->addWidget(m_dismiss);
    hide();
    connect(m_action, &QPushButton::clicked, this, &LoadBar::act);
    connect(m_dismiss, &QPushButton::clicked, this, &QWidget::hide);
    connect(&state, &AppState::progressed, this, &LoadBar::showProgress);
    connect(&state, &AppState::loadingChanged, this, &LoadBar::showResult);
    connect(&state, &AppState::failed, this, &LoadBar::showError);
}

void LoadBar::showProgress()
{
    const Progress* progress = m_state.progress();
    if (!m_state.loading() || !progress)
        return;
    const std::uint64_t done = progress->bytesDone;
    const std::uint64_t total = progress->bytesTotal;
    m_text->setText(
        tr("Reading: %1 MB%2, %3 spans")
            .arg(countText(static_cast<std::int64_t>(done / 1'000'000)),
                 total > 0 ? tr(" of %1 MB").arg(countText(static_cast<std::int64_t>(total / 1'000'000))) : QString(),
                 countText(static_cast<std::int64_t>(progress->spans))));
    m_bar->setRange(0, total > 0 ? 1'000 : 0);
    m_bar->setValue(total > 0 ? static_cast<int>(std::min<std::uint64_t>(done * 1'000 / total, 1'000)) : 0);
}

void LoadBar::showResult()
{
    if (m_state.loading()) {
        m_mode = Mode::Loading;
        m_action->setText(tr("&Cancel"));
        m_dismiss->hide();
        m_bar->show();
        m_action->show();
        showProgress();
        show();
        return;
    }
    if (m_mode == Mode::Failed)
        return;
    const auto& open = m_state.openCorpus();
    if (open && open->refused > 0) {
        m_mode = Mode::Partial;
        m_text->setText(open->refused == 1 ? tr("1 record or file could not be read and is not shown.")
                                           : tr("%1 records or files could not be read and are not shown.")
                                                 .arg(countText(static_cast<std::int64_t>(open->refused))));
        m_action->setText(tr("Show &ledger"));
        m_bar->hide();
        m_action->show();
        m_dismiss->show();
        show();
        return;
    }
    m_mode = Mode::Hidden;
    hide();
}

void LoadBar::showError(const QString& message)
{
    m_mode = Mode::Failed;
    m_text->setText(message);
    m_bar->hide();
    m_action->hide();
    m_dismiss->show();
    show();
    m_mode = Mode::Hidden; // the next opening shows its own progress
}

void LoadBar::act()
{
    if (m_mode == Mode::Loading)
        m_state.cancelLoading();
    else if (m_mode == Mode::Partial)
        emit ledgerRequested();
}

} // namespace arcscope
