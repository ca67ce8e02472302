// The help of the program: short texts that come with it, one for each view, in the language of the window.
#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace arcscope
{

/// Names of all pages in reading order; the first is about the window.
QStringList helpTopics();
/// Markdown without images, links only to other pages ("help:timeline"). Empty for an unknown topic.
QString helpPage(const QString& topic);
/// The heading of the page.
QString helpTitle(const QString& topic);

/// F1 with the keyboard in the part, or in one inside, opens this page.
void setHelpTopic(QWidget& part, const QString& topic);
/// That of the part or of the nearest around it; the first page where there is none.
QString helpTopicOf(const QWidget* part);

} // namespace arcscope
