#include "paneltitle.h"

#include "symbolicon.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace arcscope
{

PanelTitle::PanelTitle(QDockWidget& dock)
    : QWidget(&dock)
{
    auto* name = new QLabel(dock.windowTitle(), this);
    name->setTextFormat(Qt::PlainText);
    QFont font = name->font();
    font.setBold(true);
    name->setFont(font);
    const auto button = [&](const QString& icon, const QString& text) {
        auto* made = new QToolButton(this);
        made->setAutoRaise(true);
        made->setFocusPolicy(Qt::NoFocus);
        made->setIcon(symbolIcon(icon));
        made->setToolTip(text);
        made->setAccessibleName(text);
        return made;
    };
    QToolButton* apart = button(QStringLiteral("float"), tr("Own window: %1").arg(dock.windowTitle()));
    QToolButton* close = button(QStringLiteral("close"), tr("Hide: %1").arg(dock.windowTitle()));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 3, 3, 3);
    row->setSpacing(1);
    row->addWidget(name, 1);
    row->addWidget(apart);
    row->addWidget(close);
    connect(apart, &QToolButton::clicked, &dock, [&dock] { dock.setFloating(!dock.isFloating()); });
    connect(close, &QToolButton::clicked, &dock, &QWidget::hide);
    connect(&dock, &QDockWidget::topLevelChanged, apart, [apart, &dock](bool floating) {
        const QString text = floating ? tr("Back into the window: %1") : tr("Own window: %1");
        apart->setToolTip(text.arg(dock.windowTitle()));
        apart->setAccessibleName(apart->toolTip());
    });
}

} // namespace arcscope
