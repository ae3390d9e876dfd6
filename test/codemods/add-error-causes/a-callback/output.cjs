exports.load = function load(id, callback) {
  store.read(id, (err, text) => {
    if (err) return callback(new Error('no order ' + id + ': ' + err.message, { cause: err }));
    callback(null, text);
  });
};
