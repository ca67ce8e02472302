#include "aboutdialog.h"

#include "linkedlibraries.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace arcscope
{

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Arcscope"));
    const auto label = [this](const QString& text) {
        auto* made = new QLabel(text, this);
        made->setTextFormat(Qt::PlainText);
        made->setWordWrap(true);
        made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        return made;
    };
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* copy = buttons->addButton(tr("&Copy versions"), QDialogButtonBox::ActionRole);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(label(tr("A trace inspector for LLM features and agents. It reads what is on this disk and never "
                               "uses the network.")));
    column->addWidget(label(tr("Free software under the GNU General Public License, version 3 or later.")));
    column->addWidget(
        label(tr("English words and their opposites: WordNet 3.0, copyright 2006 by Princeton University. "
                 "All rights reserved; provided as it is, without any warranty.")));
    column->addWidget(
        label(tr("Whether an answer declines: a small model trained on the answers of XSTest (Röttger et al. 2024, "
                 "CC BY 4.0).")));
    column->addWidget(label(versions()));
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [] { QApplication::clipboard()->setText(versions()); });
}

QString AboutDialog::versions()
{
    QStringList lines{tr("Arcscope %1").arg(QApplication::applicationVersion())};
    for (const LibraryVersion& library : linkedLibraries())
        lines << QString::fromStdString(library.name + ' ' + library.version);
    return lines.join(QLatin1Char('\n'));
}

} // namespace arcscope
