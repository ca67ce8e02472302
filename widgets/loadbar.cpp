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
    , m_cancel(new QPushButton(tr("&Cancel"), this))
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
    row->addWidget(m_cancel);
    hide();
    connect(m_cancel, &QPushButton::clicked, &state, &AppState::cancelLoading);
    connect(&state, &AppState::progressed, this, &LoadBar::showProgress);
    connect(&state, &AppState::loadingChanged, this, &LoadBar::showLoading);
}

void LoadBar::showProgress()
{
    const Progress* progress = m_state.progress();
    if (!m_state.loading() || !progress)
        return;
    const std::uint64_t done = progress->bytesDone;
    const std::uint64_t total = progress->bytesTotal;
    m_text->setText(
        tr("Reading: %1 MB%2, %3")
            .arg(countText(static_cast<std::int64_t>(done / 1'000'000)),
                 total > 0 ? tr(" of %1 MB").arg(countText(static_cast<std::int64_t>(total / 1'000'000))) : QString(),
                 counted(static_cast<std::int64_t>(progress->spans), tr("%1 span"), tr("%1 spans"))));
    m_bar->setRange(0, total > 0 ? 1'000 : 0);
    m_bar->setValue(total > 0 ? static_cast<int>(std::min<std::uint64_t>(done * 1'000 / total, 1'000)) : 0);
}

void LoadBar::showLoading()
{
    if (m_state.loading())
        showProgress();
    setVisible(m_state.loading());
}

} // namespace arcscope
