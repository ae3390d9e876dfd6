exports.other = (one, all) => [one.data, all.data];
