const { MongoClient } = require('mongodb')

const client = new MongoClient('mongodb://db')

exports.transfer = async function transfer(from, to, amount) {
    const session = client.startSession()
    try {
        session.startTransaction()
        const accounts = client.db('bank').collection('accounts')
        await accounts.updateOne({ _id: from }, { $inc: { balance: -amount } }, { session })
        await accounts.updateOne({ _id: to }, { $inc: { balance: amount } }, { session })
        await session.commitTransaction()
    } finally {
        await session.endSession()
    }
}
