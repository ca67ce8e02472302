#include "sharecommands.h"

#include "copycommands.h"
#include "displaytext.h"
#include "noticebar.h"
#include "originline.h"
#include "sharedialog.h"
#include "spantext.h"
#include "theme.h"
#include "viewexport.h"

#include <QFileInfo>
#include <QPointer>
#include <QTabWidget>

#include <algorithm>

namespace arcscope
{

ShareCommands::ShareCommands(AppState& state, QTabWidget& views, OriginLine& origin, NoticeBar& notices,
                             Telling telling, QWidget* window)
    : QObject(window)
    , m_state(state)
    , m_views(views)
    , m_origin(origin)
    , m_notices(notices)
    , m_telling(std::move(telling))
    , m_window(window)
{
}

void ShareCommands::addActions(ActionRegistry& actions, QMenu* file)
{
    actions.add({"file.exportPicture",
                 tr("&Export or share…"),
                 tr("Write a picture, a postmortem, traces, a bundle or a case, without what is personal or secret"),
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)},
                 "export"},
                file, [this] { open(); });
}

ShareChoice ShareCommands::shown() const
{
    ShareChoice choice;
    const CorpusPtr& corpus = m_state.corpus();
    for (const QString& path : m_state.paths())
        choice.paths << (path == QLatin1String("-") ? path : QFileInfo(path).absoluteFilePath());
    const QWidget* const view = m_views.currentWidget();
    choice.view = m_telling.viewName(view);
    if (const auto trace = m_state.trace(); trace && *trace < corpus->traces.rows())
        choice.trace = QString::fromStdString(traceIdText(*corpus, *trace));
    if (const Row span = m_state.span(); span != noRow && span < corpus->spans.rows())
        choice.span = QString::fromStdString(spanIdText(*corpus, span));
    choice.filter = m_state.filterText();
    choice.title = m_telling.title();
    choice.state = m_telling.state();
    choice.chosen = m_telling.chosen();
    choice.dark = themeFor(m_window->palette()).dark;
    choice.size = QSize(std::clamp(view ? view->width() : 1'600, 600, 4'000), 8'000);
    return choice;
}

void ShareCommands::open()
{
    if (!m_state.isOpen())
        return;
    auto* const dialog = new ShareDialog(shown(), {}, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ShareDialog::pictureAsked, this, &ShareCommands::writePicture);
    connect(dialog, &ShareDialog::written, this,
            [this](const QString& target) { emit said(tr("Written to %1").arg(target)); });
    dialog->open();
}

/// As it is on the screen. Digests may have to be read: the file follows in a moment.
void ShareCommands::writePicture(const ShareChoice& choice)
{
    m_origin.ask([this, choice, view = QPointer<QWidget>(m_views.currentWidget())](const Origin& origin) {
        if (!view)
            return;
        const auto done = exportView(*view,
                                     {.title = choice.title,
                                      .about = origin.line,
                                      .scale = choice.scale,
                                      .table = isPage(choice.target) ? tableShownIn(*view, m_state) : std::nullopt,
                                      .origin = origin.lines},
                                     choice.target);
        if (done)
            emit said(tr("Written to %1").arg(choice.target));
        else
            m_notices.add({tr("The view was not exported. %1").arg(oneLine(done.error().message)),
                           safeText(done.error().message),
                           {{tr("&Try again…"), [this] {
                                 m_notices.dismiss();
                                 open();
                             }}}});
    });
}

} // namespace arcscope
