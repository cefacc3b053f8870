package com.foobar.routing.statement;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/**
 * Delegates the methods that update columns by index.
 */
abstract class UpdatesByIndex extends ColumnsByLabel {

	UpdatesByIndex(ResultSet delegate) {
		super(delegate);
	}

	@Override
	public void updateArray(int columnIndex, Array value) throws SQLException {
		this.delegate.updateArray(columnIndex, value);
	}

	@Override
	public void updateAsciiStream(int columnIndex, InputStream value, int length) throws SQLException {
		this.delegate.updateAsciiStream(columnIndex, value, length);
	}

	@Override
	public void updateAsciiStream(int columnIndex, InputStream value, long length) throws SQLException {
		this.delegate.updateAsciiStream(columnIndex, value, length);
	}

	@Override
	public void updateAsciiStream(int columnIndex, InputStream value) throws SQLException {
		this.delegate.updateAsciiStream(columnIndex, value);
	}

	@Override
	public void updateBigDecimal(int columnIndex, BigDecimal value) throws SQLException {
		this.delegate.updateBigDecimal(columnIndex, value);
	}

	@Override
	public void updateBinaryStream(int columnIndex, InputStream value, int length) throws SQLException {
		this.delegate.updateBinaryStream(columnIndex, value, length);
	}

	@Override
	public void updateBinaryStream(int columnIndex, InputStream value, long length) throws SQLException {
		this.delegate.updateBinaryStream(columnIndex, value, length);
	}

	@Override
	public void updateBinaryStream(int columnIndex, InputStream value) throws SQLException {
		this.delegate.updateBinaryStream(columnIndex, value);
	}

	@Override
	public void updateBlob(int columnIndex, InputStream value, long length) throws SQLException {
		this.delegate.updateBlob(columnIndex, value, length);
	}

	@Override
	public void updateBlob(int columnIndex, InputStream value) throws SQLException {
		this.delegate.updateBlob(columnIndex, value);
	}

	@Override
	public void updateBlob(int columnIndex, Blob value) throws SQLException {
		this.delegate.updateBlob(columnIndex, value);
	}

	@Override
	public void updateBoolean(int columnIndex, boolean value) throws SQLException {
		this.delegate.updateBoolean(columnIndex, value);
	}

	@Override
	public void updateByte(int columnIndex, byte value) throws SQLException {
		this.delegate.updateByte(columnIndex, value);
	}

	@Override
	public void updateBytes(int columnIndex, byte[] value) throws SQLException {
		this.delegate.updateBytes(columnIndex, value);
	}

	@Override
	public void updateCharacterStream(int columnIndex, Reader value, int length) throws SQLException {
		this.delegate.updateCharacterStream(columnIndex, value, length);
	}

	@Override
	public void updateCharacterStream(int columnIndex, Reader value, long length) throws SQLException {
		this.delegate.updateCharacterStream(columnIndex, value, length);
	}

	@Override
	public void updateCharacterStream(int columnIndex, Reader value) throws SQLException {
		this.delegate.updateCharacterStream(columnIndex, value);
	}

	@Override
	public void updateClob(int columnIndex, Reader value, long length) throws SQLException {
		this.delegate.updateClob(columnIndex, value, length);
	}

	@Override
	public void updateClob(int columnIndex, Reader value) throws SQLException {
		this.delegate.updateClob(columnIndex, value);
	}

	@Override
	public void updateClob(int columnIndex, Clob value) throws SQLException {
		this.delegate.updateClob(columnIndex, value);
	}

	@Override
	public void updateDate(int columnIndex, Date value) throws SQLException {
		this.delegate.updateDate(columnIndex, value);
	}

	@Override
	public void updateDouble(int columnIndex, double value) throws SQLException {
		this.delegate.updateDouble(columnIndex, value);
	}

	@Override
	public void updateFloat(int columnIndex, float value) throws SQLException {
		this.delegate.updateFloat(columnIndex, value);
	}

	@Override
	public void updateInt(int columnIndex, int value) throws SQLException {
		this.delegate.updateInt(columnIndex, value);
	}

	@Override
	public void updateLong(int columnIndex, long value) throws SQLException {
		this.delegate.updateLong(columnIndex, value);
	}

	@Override
	public void updateNCharacterStream(int columnIndex, Reader value, long length) throws SQLException {
		this.delegate.updateNCharacterStream(columnIndex, value, length);
	}

	@Override
	public void updateNCharacterStream(int columnIndex, Reader value) throws SQLException {
		this.delegate.updateNCharacterStream(columnIndex, value);
	}

	@Override
	public void updateNClob(int columnIndex, Reader value, long length) throws SQLException {
		this.delegate.updateNClob(columnIndex, value, length);
	}

	@Override
	public void updateNClob(int columnIndex, Reader value) throws SQLException {
		this.delegate.updateNClob(columnIndex, value);
	}

	@Override
	public void updateNClob(int columnIndex, NClob value) throws SQLException {
		this.delegate.updateNClob(columnIndex, value);
	}

	@Override
	public void updateNString(int columnIndex, String value) throws SQLException {
		this.delegate.updateNString(columnIndex, value);
	}

	@Override
	public void updateNull(int columnIndex) throws SQLException {
		this.delegate.updateNull(columnIndex);
	}

	@Override
	public void updateObject(int columnIndex, Object value, int scaleOrLength) throws SQLException {
		this.delegate.updateObject(columnIndex, value, scaleOrLength);
	}

	@Override
	public void updateObject(int columnIndex, Object value, SQLType targetType, int scaleOrLength) throws SQLException {
		this.delegate.updateObject(columnIndex, value, targetType, scaleOrLength);
	}

	@Override
	public void updateObject(int columnIndex, Object value, SQLType targetType) throws SQLException {
		this.delegate.updateObject(columnIndex, value, targetType);
	}

	@Override
	public void updateObject(int columnIndex, Object value) throws SQLException {
		this.delegate.updateObject(columnIndex, value);
	}

	@Override
	public void updateRef(int columnIndex, Ref value) throws SQLException {
		this.delegate.updateRef(columnIndex, value);
	}

	@Override
	public void updateRowId(int columnIndex, RowId value) throws SQLException {
		this.delegate.updateRowId(columnIndex, value);
	}

	@Override
	public void updateSQLXML(int columnIndex, SQLXML value) throws SQLException {
		this.delegate.updateSQLXML(columnIndex, value);
	}

	@Override
	public void updateShort(int columnIndex, short value) throws SQLException {
		this.delegate.updateShort(columnIndex, value);
	}

	@Override
	public void updateString(int columnIndex, String value) throws SQLException {
		this.delegate.updateString(columnIndex, value);
	}

	@Override
	public void updateTime(int columnIndex, Time value) throws SQLException {
		this.delegate.updateTime(columnIndex, value);
	}

	@Override
	public void updateTimestamp(int columnIndex, Timestamp value) throws SQLException {
		this.delegate.updateTimestamp(columnIndex, value);
	}

}
