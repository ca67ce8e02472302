#include "replaypairingbutton.h"

#include "plaintip.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QWidgetAction>

namespace arcscope
{

ReplayPairingButton::ReplayPairingButton(QWidget* parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this))
    , m_expression(new QLineEdit)
{
    setText(tr("&Pairing"));
    setAccessibleName(tr("How runs are paired"));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setMenu(m_menu);
    m_menu->setToolTipsVisible(true);
    auto* const group = new QActionGroup(this);
    const std::pair<const char*, QString> keys[] = {
        {"", tr("By task id, else first request, else place in the &file")},
        {"task", tr("By &task id")},
        {"input", tr("By first &request")},
        {"file", tr("By name of the file and p&lace in it")},
    };
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        m_keys[i] = m_menu->addAction(keys[i].second);
        m_keys[i]->setCheckable(true);
        m_keys[i]->setData(QLatin1String(keys[i].first));
        group->addAction(m_keys[i]);
        connect(m_keys[i], &QAction::triggered, this, [this, key = std::string(keys[i].first)] { choose(key); });
    }
    auto* const line = new QWidget;
    auto* const row = new QHBoxLayout(line);
    row->setContentsMargins(28, 2, 8, 2);
    auto* const label = new QLabel(tr("By f&ields"));
    label->setBuddy(m_expression);
    m_expression->setPlaceholderText(tr("tenant+request~order ([0-9]+)"));
    m_expression->setToolTip(tr("Fields with + between them: a text of spans such as session, file, request, else an "
                                "attribute of the first span. Behind ~ a regular expression takes a part of the last "
                                "one."));
    m_expression->setAccessibleName(tr("Fields that runs are paired by"));
    m_expression->setMaxLength(1'000);
    m_expression->setMinimumWidth(fontMetrics().averageCharWidth() * 34);
    row->addWidget(label);
    row->addWidget(m_expression, 1);
    auto* const fields = new QWidgetAction(this);
    fields->setDefaultWidget(line);
    fields->setText(label->text());
    m_menu->addAction(fields);
    m_expression->installEventFilter(this);
    m_menu->addSeparator();
    const auto add = [&](const QString& text, const QString& tip) {
        auto* const action = m_menu->addAction(text);
        action->setToolTip(tip);
        action->setEnabled(false);
        return action;
    };
    m_pair = add(tr("&Pair the two selected tasks\tP"),
                 tr("Select a task that only the base has and, with Ctrl, one that only the candidate has"));
    m_part = add(tr("Part what was paired by &hand"), tr("The runs of this task are paired by what they record again"));
    m_align = add(tr("&Align this step with another\tK"),
                  tr("Choose a step of one run, then the step of the other that stands for it"));
    m_partSteps = add(tr("Part s&teps that were aligned by hand"), tr("This step is aligned by what is said again"));
    setKey({});
}

void ReplayPairingButton::setKey(const std::string& key)
{
    m_key = key;
    QString how = tr("by fields: %1").arg(QString::fromStdString(key));
    bool known = false;
    for (QAction* const action : m_keys) {
        const bool is = action->data().toString().toStdString() == key;
        action->setChecked(is);
        known = known || is;
        if (is)
            how = action->text().remove(QLatin1Char('&'));
    }
    if (!known && m_keys.front()->actionGroup()->checkedAction())
        m_keys.front()->actionGroup()->checkedAction()->setChecked(false);
    m_expression->setText(known ? QString() : QString::fromStdString(key));
    setPlainTip(*this, tr("How runs are paired: %1").arg(how));
}

QAction* ReplayPairingButton::keyAction(const std::string& key) const
{
    for (QAction* const action : m_keys) {
        if (action->data().toString().toStdString() == key)
            return action;
    }
    return nullptr;
}

/// Enter is the field's alone: the menu behind it would choose its current entry, too.
bool ReplayPairingButton::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_expression && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_menu->close();
            choose(m_expression->text().trimmed().toStdString());
            return true;
        }
    }
    return QToolButton::eventFilter(watched, event);
}

void ReplayPairingButton::choose(const std::string& key)
{
    setKey(key);
    emit keyChosen();
}

} // namespace arcscope
