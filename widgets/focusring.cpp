#include "focusring.h"

#include "theme.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>

#include <utility>

namespace arcscope
{
namespace
{

constexpr int thick = 2; ///< pixels

} // namespace

FocusRing::FocusRing(QWidget* window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

FocusRing* FocusRing::of(const QWidget& window)
{
    for (QObject* child : window.children()) {
        if (auto* const ring = dynamic_cast<FocusRing*>(child))
            return ring;
    }
    return nullptr;
}

void FocusRing::install()
{
    static bool installed = false;
    if (std::exchange(installed, true))
        return;
    QObject::connect(qApp, &QApplication::focusChanged, qApp, [](QWidget* before, QWidget* now) {
        if (FocusRing* const last = before ? of(*before->window()) : nullptr)
            last->surround(nullptr);
        QWidget* const window = now ? now->window() : nullptr;
        if (!window || window->windowType() == Qt::Popup || QGuiApplication::mouseButtons() != Qt::NoButton)
            return;
        FocusRing* const ring = of(*window);
        (ring ? ring : new FocusRing(window))->surround(now);
    });
}

void FocusRing::surround(QWidget* part)
{
    for (const auto& each : qAsConst(m_watched)) {
        if (each)
            each->removeEventFilter(this);
    }
    m_watched.clear();
    m_part = part;
    for (QWidget* each = part; each && !each->isWindow(); each = each->parentWidget()) {
        each->installEventFilter(this);
        m_watched << each;
    }
    place();
}

/// Around the part, as far as what it lies in shows it.
void FocusRing::place()
{
    QWidget* const window = parentWidget();
    if (!m_part || m_part == window || m_part->window() != window || !m_part->isVisible()) {
        hide();
        return;
    }
    QRect around(m_part->mapTo(window, QPoint()), m_part->size());
    around.adjust(-thick, -thick, thick, thick);
    for (const QWidget* in = m_part->parentWidget(); in; in = in->isWindow() ? nullptr : in->parentWidget())
        around &= QRect(in->mapTo(window, QPoint()), in->size()).adjusted(-thick, -thick, thick, thick);
    around &= window->rect();
    setGeometry(around);
    setMask(QRegion(rect()) - QRegion(rect().adjusted(thick, thick, -thick, -thick)));
    setVisible(!around.isEmpty());
    raise();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
        place();
        break;
    case QEvent::ParentChange:
        surround(m_part);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeFor(palette());
    QPainter(this).fillRect(rect(), theme[ColourRole::Model].ink);
}

} // namespace arcscope
