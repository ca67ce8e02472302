#include <vector>

#include "database.h"
